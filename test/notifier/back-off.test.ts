import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { BlockedBy } from '#core/store/suppliers.ts'
import { backOff, sayTime } from '#notifier/back-off.ts'
import { makeTestContext, makeTestSupplier, type TestContext } from './a-context.ts'

const minute = 60_000
let world: TestContext
before(async () => {
  world = await makeTestContext()
})
after(() => world.close())

function later(minutes: number): void {
  world.clock.now = new Date(world.clock.now.getTime() + minutes * minute)
}

test('each run in a row that is kept out doubles the wait, from half an hour to twelve hours', () => {
  const now = new Date('2026-11-22T12:00:00Z')
  const minutes: number[] = []
  let blocked: BlockedBy | null = null
  for (let run = 1; run <= 30; run++) {
    blocked = backOff(blocked, `run ${run}`, now)
    minutes.push((blocked.until.getTime() - now.getTime()) / minute)
  }
  assert.deepEqual(minutes.slice(0, 7), [30, 60, 120, 240, 480, 720, 720])
  assert.equal(minutes.at(-1), 720)
  assert.deepEqual(backOff(blocked, 'run 30', new Date()), blocked, 'the same run, judged again, adds nothing')
})

test('a time of another day is said with its day', () => {
  const now = new Date('2026-11-22T12:00:00Z')
  const sight = { timeZone: 'Europe/Prague', now }
  assert.equal(sayTime(new Date('2026-11-22T13:30:00Z'), sight), '14:30')
  assert.equal(sayTime(new Date('2026-11-22T23:30:00Z'), sight), '00:30 on 23 November')
})

test('a portal that kept a run out is left alone by the schedule, not by a person, and longer the second time', async () => {
  const supplier = await makeTestSupplier(world, 'blocked')
  world.clock.now = new Date()
  await supplier.tick()
  await supplier.fail('blocked')
  const first = (await supplier.state()).blocked
  assert.equal(first?.until.getTime(), world.clock.now.getTime() + 30 * minute)
  const said = sayTime(first?.until ?? new Date(), { timeZone: 'Europe/Prague', now: world.clock.now })
  assert.match((await supplier.incident('run-failed'))?.words ?? '', new RegExp(`tried again after ${said}$`))

  later(29)
  await supplier.tick()
  assert.equal((await supplier.runs()).length, 1, 'no run is made of the tick')
  const asked = await supplier.ask()
  assert.equal((await world.store.runs.get(asked.id))?.state, 'requested', 'a person may all the same')
  await supplier.fail('blocked')
  assert.equal((await supplier.state()).blocked?.times, 2)

  later(59)
  await supplier.tick()
  assert.equal(supplier.requests().length, 2)
  later(2)
  await supplier.tick()
  assert.equal(supplier.requests().length, 3)
  await supplier.accept()
  assert.equal((await supplier.state()).blocked, null)
})

test('a run that got past the sign-in ends the row; one that failed before it does not', async () => {
  const supplier = await makeTestSupplier(world, 'passes')
  await supplier.ask()
  await supplier.fail('blocked')
  await supplier.ask()
  await supplier.fail('down')
  assert.equal((await supplier.state()).blocked?.times, 1)
  await supplier.ask()
  await supplier.reach('signed-in')
  await supplier.fail('blocked')
  assert.equal((await supplier.state()).blocked?.times, 2, 'kept out in the middle is kept out')
  await supplier.ask()
  await supplier.reach('signed-in')
  await supplier.fail('incomplete')
  assert.equal((await supplier.state()).blocked, null)
})

test('a run of the schedule that waited while another was kept out is not requested; one that a person asked for is', async () => {
  const supplier = await makeTestSupplier(world, 'waits')
  await supplier.ask()
  later(1)
  await supplier.tick()
  await supplier.fail('blocked')
  const [, waited] = await supplier.runs()
  assert.equal(waited?.state, 'rejected')
  assert.match(waited?.reasons.join() ?? '', /keeps us out; tried again after/)

  await supplier.ask()
  later(600)
  await supplier.tick()
  assert.equal((await world.store.runs.waiting(supplier.id))?.why, 'schedule')
  const asked = await supplier.ask()
  assert.equal(asked.why, 'person', 'it finds the one that waits, which is a person’s from then on')
  await supplier.fail('blocked')
  assert.equal((await world.store.runs.get(asked.id))?.state, 'requested')
})
