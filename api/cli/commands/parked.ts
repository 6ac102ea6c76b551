import type { Command } from 'commander'
import type { Json } from '../client.ts'
import { ApiError, pathOf } from '../client.ts'
import { tableOf } from '../print.ts'
import type { Hand } from '../program.ts'
import { show, withJson } from '../show.ts'

export function addParked(program: Command, hand: Hand): void {
  const parked = program
    .command('parked')
    .description('messages that could not be processed: lists, retries or drops them')
  withJson(parked.command('list'))
    .description('lists them, with why')
    .action(async ({ json }: { json?: boolean }) => {
      const { items } = await hand.client.get('/v1/parked')
      show(hand, items, { json, say: () => sayParked(items) })
    })
  parked
    .command('retry <id>')
    .description('lets one be processed again, after its cause was mended; `all` for all of them')
    .action(async (id: string) => {
      const found = await find(hand, id)
      for (const one of found) await hand.client.post(`${pathOf('parked', one.queue, one.id)}/retry`)
      hand.out.write(`${found.length} went back to where they came from; what fails again is parked again.\n`)
    })
  parked
    .command('drop <id>')
    .description('throws one away')
    .action(async (id: string) => {
      const found = await find(hand, id)
      const question = `Throw ${found.map((one) => `${one.type} ${one.id}`).join(', ')} away?`
      if (!(await hand.ask(question))) throw new ApiError('Nothing was dropped.')
      for (const one of found) await hand.client.delete(pathOf('parked', one.queue, one.id))
      hand.out.write(`${found.length} dropped.\n`)
    })
}

async function find({ client }: Hand, id: string): Promise<Json[]> {
  const { items } = await client.get('/v1/parked')
  const found = (items as Json[]).filter((one) => id === 'all' || one.id === id)
  const seen = new Map(found.map((one) => [`${one.queue} ${one.id}`, one]))
  if (seen.size === 0) throw new ApiError(`Nothing with the id "${id}" is parked; see: avizo parked list`)
  return [...seen.values()]
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
