import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Parked } from '#core/broker/parked.ts'
import { startTerminal, type Terminal } from './a-terminal.ts'

/** Messages that wait for a person, in a broker of three lines. */
let waiting: Parked[] = []
const went: string[] = []
let terminal: Terminal
before(async () => {
  terminal = await startTerminal(() => ({ broker: { isConnected: () => true, publish: async () => {}, parked } }))
})
after(() => terminal.close())

async function take(queue: string, id?: string): Promise<number> {
  const taken = waiting.filter((one) => one.queue === queue && (id === undefined || one.id === id))
  waiting = waiting.filter((one) => !taken.includes(one))
  went.push(...taken.map((one) => one.id))
  return taken.length
}
const states = async () => [{ queue: 'notifier.runs' as const, waiting: 0, parked: waiting.length, consumers: 1 }]
const parked = { list: async () => [...waiting], states, retry: take, retryAll: take, drop: take }

const message = (id: string, queue: Parked['queue'] = 'notifier.runs'): Parked => {
  return { queue, id, type: 'run.finished', because: 'no supplier', bytes: 12 }
}

test('parked messages are listed with why, and retried one by one or all that may be', async () => {
  const { avizo } = terminal
  assert.equal(await avizo('parked', 'list'), 'Nothing is parked.\n')
  waiting = [message('a'), message('b'), message('c'), message('d', 'scraper.runs')]
  assert.match(await avizo('parked', 'list'), /\na +run\.finished +notifier\.runs +12 +no supplier\n/)
  assert.match(await avizo('parked', 'retry', 'b'), /^1 went back to where they came from/)
  await assert.rejects(avizo('parked', 'retry', 'b'), /Nothing with the id "b" is parked; see: npm run avizo -- parked/)
  assert.match(await avizo('parked', 'retry', 'all'), /^1 stay, for they can only be dropped\.\n2 went back/)
  assert.deepEqual(went, ['b', 'a', 'c'])
  assert.deepEqual(JSON.parse(await avizo('parked', 'drop', 'all', '--json')), { messages: 1 })
  assert.deepEqual(waiting, [])
})
