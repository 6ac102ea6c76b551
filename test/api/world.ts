import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeApp } from '#api/app.ts'
import type { App, Given } from '#api/given.ts'
import type { MessageType } from '#core/domain/messages.ts'
import { SupplierDeclaration } from '#core/domain/supplier.ts'
import { grammarNumber } from '#core/domain/grammar/number.ts'
import { makeLogger } from '#core/process/log.ts'
import type { Store } from '#core/store/store.ts'
import { openStore } from '#core/store/store.ts'
import { freePort } from '#infra/servers/free-port.ts'
import { startStore, stopStore } from '#infra/servers/store.ts'

export const key = 'a-key-for-tests-of-the-api'
export const shop = { name: 'Test', language: 'cs', timeZone: 'Europe/Prague' } as const

export type Published = { type: MessageType; id: string; body: unknown; supplier?: string }

/** A broker of which only matters what was published. */
export function recordingBroker() {
  const published: Published[] = []
  const broker: Given['broker'] = {
    isConnected: () => true,
    publish: async (type, { id, body, supplier }) => {
      published.push({ type, id, body, ...(supplier !== undefined && { supplier }) })
    },
  }
  return { broker, published }
}

export function givenFor(store: Given['store'], over: Partial<Given> = {}): Given {
  const log = makeLogger({ name: 'api', format: 'json', level: 'silent' })
  return { store, broker: recordingBroker().broker, key, shop, log, ready: bothAnswer, attendWithinMs: 50, ...over }
}

async function bothAnswer() {
  return { store: true, broker: true }
}

/** A mongod of its own, in a folder of its own. */
export async function startOwnStore() {
  const folder = await mkdtemp(join(tmpdir(), 'avizo-api-'))
  const { url, pid } = await startStore({ folder, port: await freePort() })
  const store: Store = await openStore({ url, name: 'test', leaseSeconds: 60 })
  const close = async () => {
    await store[Symbol.asyncDispose]()
    await stopStore({ folder })
    await rm(folder, { recursive: true, force: true })
  }
  return { store, url, pid, close }
}

export type Answer = { status: number; headers: Headers; body: Record<string, unknown> }

/** Sends requests with the key, as a shop would, and reads the answer. */
export function makeClient(app: Pick<App, 'request'>) {
  return async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const headers: Record<string, string> = { authorization: `Bearer ${key}` }
    if (body !== undefined) headers['content-type'] = 'application/json'
    const content = typeof body === 'string' ? body : JSON.stringify(body)
    const response = await app.request(path, { method, headers, ...(body !== undefined && { body: content }) })
    const type = response.headers.get('content-type') ?? ''
    assert.match(type, response.ok ? /^application\/json/ : /^application\/problem\+json/)
    return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] }
  }
}

export function makeWorld(store: Given['store'], over: Partial<Given> = {}) {
  const { broker, published } = recordingBroker()
  const app = makeApp(givenFor(store, { broker, ...over }))
  return { app, published, send: makeClient(app) }
}

export function declaration(supplier: string, over: object = {}): SupplierDeclaration {
  return SupplierDeclaration.parse({
    supplier,
    name: 'Demo',
    number: 1,
    hash: 'h1',
    grammar: grammarNumber,
    language: 'cs',
    timeZone: 'Europe/Prague',
    schedule: { cron: '0 6-20/2 * * *', jitterSeconds: 0, longestGapSeconds: 36_000 },
    columns: [{ name: 'dostupnost', holds: 'availability' }],
    ...over,
  })
}

export function order(number: string, over: object = {}) {
  return {
    number,
    placedAt: '2026-11-20T09:30:00+01:00',
    customer: { email: 'jana@example.com', name: 'Jana', language: 'cs' },
    lines: [{ id: '1', supplier: 'demo', code: 'FIG-001', title: 'Figurka', quantity: 2 }],
    ...over,
  }
}

/** The one at a place in an answer; a test that meets none says so. */
export function at(list: unknown, index: number): Record<string, unknown> {
  assert.ok(
    Array.isArray(list) && index < list.length,
    `expected a list of more than ${index}: ${JSON.stringify(list)}`,
  )
  return list[index] as Record<string, unknown>
}
