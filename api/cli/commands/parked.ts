import type { Command } from 'commander'
import type { Json } from '../client.ts'
import { ApiError, pathOf } from '../client.ts'
import { tableOf } from '../print.ts'
import type { Hand } from '../program.ts'
import { show, withJson } from '../show.ts'

type Options = { json?: boolean }
type Retried = { messages: number; stay: number }

export function addParked(program: Command, hand: Hand): void {
  const parked = program
    .command('parked')
    .description('messages that could not be processed: lists, retries or drops them')
  withJson(parked.command('list'))
    .description('lists them, with why')
    .action(async ({ json }: Options) => {
      const { items, all } = await hand.client.get('/v1/parked')
      show(hand, items, { json, say: () => sayParked(items) + sayMore(items, all) })
    })
  withJson(parked.command('retry <id>'))
    .description('lets one be processed again, after its cause was mended; `all` for all of them')
    .action(async (id: string, { json }: Options) => {
      const retried = await retry(hand, id)
      show(hand, retried, { json, say: () => sayRetried(retried) })
    })
  withJson(parked.command('drop <id>'))
    .description('throws one away; `all` for all that are listed')
    .action(async (id: string, { json }: Options) => {
      const found = await find(hand, id)
      const question = `Throw ${found.map((one) => `${one.type} ${one.id}`).join(', ')} away?`
      if (!(await hand.ask(question))) throw new ApiError('Nothing was dropped.')
      for (const one of found) await hand.client.delete(pathOf('parked', one.queue, one.id))
      show(hand, { messages: found.length }, { json, say: () => `${found.length} dropped.` })
    })
}

/** All of them queue by queue, and not one by one: there may be thousands. */
async function retry(hand: Hand, id: string): Promise<Retried> {
  const found = await find(hand, id)
  if (id !== 'all') {
    for (const one of found) await hand.client.post(`${pathOf('parked', one.queue, one.id)}/retry`)
    return { messages: found.length, stay: 0 }
  }
  let messages = 0
  for (const queue of new Set(found.filter((one) => one.mayBeRetried).map((one) => one.queue)))
    messages += (await hand.client.post(`${pathOf('parked', queue)}/retry`)).messages
  return { messages, stay: found.filter((one) => !one.mayBeRetried).length }
}

function sayRetried({ messages, stay }: Retried): string {
  const left = stay > 0 ? `${stay} stay, for they can only be dropped.\n` : ''
  return `${left}${messages} went back to where they came from; what fails again is parked again.`
}

/** Looks on as long as another listing shows what was not seen yet; `all` are those of the first one. */
async function find({ client }: Hand, id: string): Promise<Json[]> {
  const seen = new Map<string, Json>()
  for (let known = -1; known < seen.size;) {
    known = seen.size
    const { items } = await client.get('/v1/parked')
    for (const one of items as Json[]) seen.set(`${one.queue} ${one.id}`, one)
    const found = [...seen.values()].filter((one) => id === 'all' || one.id === id)
    if (found.length > 0) return found
  }
  throw new ApiError(`Nothing with the id "${id}" is parked; see: npm run avizo -- parked list`)
}

function sayMore(items: Json[], all: number): string {
  return all > items.length ? `\n\nThese are ${items.length} of ${all}: list them again for the next ones.` : ''
}

function sayParked(list: Json[]): string {
  return tableOf(
    list,
    [
      ['id', ({ id }) => id],
      ['type', ({ type }) => type],
      ['queue', ({ queue }) => queue],
      ['bytes', ({ bytes }) => bytes],
      ['why', ({ because }) => because],
    ],
    'Nothing is parked.',
  )
}
