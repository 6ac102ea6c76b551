import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jitterMs } from '#scraper/last-tick.ts'
import { startSchedule } from '#scraper/schedule.ts'
import { supplierOf, suppliersOf } from './a-supplier.ts'
import { makeLog, makeRecorder } from './a-run.ts'

const everyTwo = { cron: '*/2 * * * *', jitterSeconds: 0 }

function start({ schedule, now, breaks = false }: { schedule: object; now: () => Date; breaks?: boolean }) {
  const recorder = makeRecorder({ breaksAt: () => breaks })
  const suppliers = suppliersOf(supplierOf({ schedule }))
  return { recorder, schedule: startSchedule({ suppliers, publish: recorder.publish, now, log: makeLog() }) }
}

test('the same tick is proposed again and again, always with the same id', async () => {
  const { recorder, schedule } = start({ schedule: everyTwo, now: () => new Date('2026-11-21T08:03:10Z') })
  await schedule.proposeAll()
  await schedule.proposeAll()
  schedule[Symbol.dispose]()
  const due = { v: 1, supplier: 'demo', run: 'demo-20261121T0802Z', why: 'schedule', tick: '2026-11-21T08:02:00.000Z' }
  assert.deepEqual(recorder.of('run.due'), [due, due])
  assert.deepEqual(
    recorder.said.map(({ id }) => id),
    ['demo-20261121T0802Z', 'demo-20261121T0802Z'],
  )
})

test('ten missed ticks are one proposal', async () => {
  const { recorder, schedule } = start({ schedule: everyTwo, now: () => new Date('2026-11-21T08:23:00Z') })
  await schedule.proposeAll()
  schedule[Symbol.dispose]()
  assert.equal(recorder.of('run.due').length, 1)
})

test('jitter delays the proposal of a tick, not the tick', async () => {
  const jitter = jitterMs('demo-20261121T0600Z', 600)
  assert.ok(jitter > 1000)
  let now = new Date(Date.UTC(2026, 10, 21, 6) + jitter - 1)
  const { recorder, schedule } = start({ schedule: { cron: '0 7 * * *', jitterSeconds: 600 }, now: () => now })
  await schedule.proposeAll()
  assert.deepEqual(recorder.of('run.due'), [])
  now = new Date(now.getTime() + 1)
  await schedule.proposeAll()
  schedule[Symbol.dispose]()
  assert.equal(recorder.of('run.due')[0]?.tick, '2026-11-21T06:00:00.000Z')
})

test('a jitter longer than the gap loses no tick: each is proposed before the next one comes', async () => {
  let now = new Date('2026-11-21T08:00:00Z')
  const { recorder, schedule } = start({ schedule: { cron: '*/10 * * * *', jitterSeconds: 3600 }, now: () => now })
  for (let seconds = 0; seconds < 7200; seconds += 60) {
    now = new Date(Date.UTC(2026, 10, 21, 8) + seconds * 1000)
    await schedule.proposeAll()
  }
  schedule[Symbol.dispose]()
  assert.equal(new Set(recorder.of('run.due').map(({ tick }) => tick)).size, 12)
})

test('a broker that is away loses no more than the proposal', async () => {
  const { schedule } = start({ schedule: everyTwo, now: () => new Date('2026-11-21T08:03:10Z'), breaks: true })
  await schedule.proposeAll()
  schedule[Symbol.dispose]()
})

test('a tick is proposed when it comes, and once a minute while it is the last one passed', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: new Date('2026-11-21T08:01:30Z') })
  const { recorder, schedule } = start({ schedule: { cron: '*/5 * * * *', jitterSeconds: 0 }, now: () => new Date() })
  for (let second = 0; second < 8 * 60; second++) {
    t.mock.timers.tick(1000)
    await Promise.resolve()
  }
  schedule[Symbol.dispose]()
  const proposed = recorder.of('run.due').map(({ run }) => run.slice(5))
  const before = proposed.filter((run) => run === '20261121T0800Z').length
  const after = proposed.filter((run) => run === '20261121T0805Z').length
  assert.equal(before, 3)
  assert.equal(after, 1 + 5)
})
