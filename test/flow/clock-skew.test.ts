import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { runIdOfTick } from '#core/domain/ids.ts'
import { mailsOf } from '#test/support/mails.ts'
import { until } from '#test/support/until.ts'
import { item, makeWorld, order, supplier, type World } from '#test/support/world.ts'

/** No clock of another machine decides anything: notifiers go by the store's, and a tick is the schedule's own. */
let world: World
before(async () => {
  world = await makeWorld()
  world.shelf.observations = [item('A', '1. 3. 2030'), item('B', '1. 3. 2030')]
})
after(async () => world[Symbol.asyncDispose]())

const clockTroubles = async () =>
  (await world.store.incidents.openOnes()).filter(({ kind }) => kind === 'clock').map(({ subject, words }) => `${subject}: ${words}`) // prettier-ignore

async function startWithClock(seconds: number) {
  world.env['CLOCK_AHEAD_SECONDS'] = String(seconds)
  const child = await world.startNotifier()
  delete world.env['CLOCK_AHEAD_SECONDS']
  return child
}

async function put(number: string): Promise<void> {
  const line = { id: '1', supplier, code: 'A', title: 'Figure A', quantity: 1, told: '1. 3. 2030' }
  await world.putOrder(order(number, ['A'], { lines: [line] }))
  await world.looked(number)
}

test('a notifier whose clock is behind neither fails runs that are in time nor keeps mails back', async () => {
  const behind = await startWithClock(-600)
  await world.declare({ confirm: 'second-run', confirmAfterSeconds: 1 })
  assert.equal((await world.run()).state, 'accepted')
  await put('1')
  assert.match(
    (await clockTroubles()).join(),
    /^machine .*: the clock of this notifier's machine is 10 min behind the store's/,
  )
  world.set('A', '1. 4. 2030')
  assert.equal((await world.run()).state, 'accepted')
  await until('the mail', async () => (await mailsOf(world.mailbox.url)).length === 1, 60)
  await behind.stop()
})

test('one that is ahead works beside one that is right: each change is one mail, as soon as it was read twice', async () => {
  const notifiers = [await startWithClock(300), await world.startNotifier()]
  await put('2')
  for (const day of [5, 6]) {
    world.set('A', `${day}. 4. 2030`)
    const run = await world.run()
    assert.equal(run.state, 'accepted')
    const skewMs = Math.abs((run.requestedAt?.getTime() ?? 0) - Date.now())
    assert.ok(skewMs < 60_000, `requested ${skewMs} ms from now`)
    await until(`the mails of ${day}`, async () => (await mailsOf(world.mailbox.url)).filter(({ text }) => text.includes(`${day}. dubna 2030`)).length >= 2) // prettier-ignore
    await world.settled()
  }
  const all = await mailsOf(world.mailbox.url)
  assert.equal(all.length, 1 + 2 * 2)
  assert.equal(new Set(all.map(({ messageId }) => messageId)).size, all.length)
  await Promise.all(notifiers.map((notifier) => notifier.stop()))
})

test('a scraper whose clock is ten minutes behind proposes its ticks late, and one that is ahead is told of', async () => {
  const notifier = await world.startNotifier()
  const propose = async (minutes: number) => {
    const tick = new Date(Math.floor(Date.now() / 60_000 + minutes) * 60_000)
    const run = runIdOfTick(supplier, tick)
    const body = { v: 1 as const, supplier, run, why: 'schedule' as const, tick: tick.toISOString() }
    await world.broker.publish('run.due', { body, id: `${run}/due`, supplier })
    return run
  }
  // What was asked for above was requested after the tick of ten minutes ago, and covers it.
  const covered = await propose(-10)
  const ahead = await propose(10)
  await until('the incident', async () => (await clockTroubles()).some((words) => words.startsWith(supplier)))
  assert.equal(await world.store.runs.get(covered), null)
  assert.equal(await world.store.runs.get(ahead), null)
  await propose(0)
  await until('the incident to close', async () => !(await clockTroubles()).some((words) => words.startsWith(supplier)))
  await notifier.stop()
})
