import { createHash, timingSafeEqual } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { Refused } from './errors.ts'
import type { Env } from './given.ts'

/** Lets only requests pass that carry the key as bearer. */
export function makeKeyCheck(key: string): MiddlewareHandler<Env> {
  const isKey = makeComparison(key)
  return async (c, next) => {
    demandKey(c, isKey)
    await next()
  }
}

/** As `makeKeyCheck`, but a request from this very machine, not handed on by a proxy, needs no key. */
export function makeKeyCheckOffLoopback(key: string): MiddlewareHandler<Env> {
  const isKey = makeComparison(key)
  return async (c, next) => {
    if (!isFromLoopback(c)) demandKey(c, isKey)
    await next()
  }
}

function demandKey(c: Context<Env>, isKey: (given: string) => boolean): void {
  const given = /^Bearer +(.+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
  if (given === undefined) throw new Refused('key-missing', 'Send the key as "Authorization: Bearer <key>".')
  if (!isKey(given)) throw new Refused('key-missing', 'The key is not the one that this installation knows.')
}

/** Hashes are compared, so that neither the time nor the length tells anything of the key. */
function makeComparison(key: string): (given: string) => boolean {
  const expected = hashOf(key)
  return (given) => timingSafeEqual(hashOf(given), expected)
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** A proxy on this machine connects from loopback for the whole world, and says so in a header. */
function isFromLoopback(c: Context<Env>): boolean {
  const address = c.env?.incoming?.socket.remoteAddress ?? ''
  const isProxied = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via'].some(
    (name) => c.req.header(name) !== undefined,
  )
  return !isProxied && /^(::ffff:)?127\.|^::1$/.test(address)
}
