import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { grammarNumber } from '#core/domain/grammar/number.ts'
import type { Observation } from '#core/domain/messages.ts'
import type { Run } from '#core/store/runs.ts'
import { resumeRuns, takeFinish, takePart } from '#notifier/collect-run.ts'
import type { Context } from '#notifier/context.ts'
import { failRun } from '#notifier/fail-run.ts'
import { judgeRun } from '#notifier/judge-run.ts'
import { requestNext } from '#notifier/request-run.ts'
import { makeTestContext, makeTestSupplier, type TestContext } from './a-context.ts'

/** Runs that are judged, discarded, failed and approved at the same moment, or whose notifier dies in between. */
let world: TestContext
before(async () => {
  world = await makeTestContext()
})
after(() => world.close())

const rows = (count: number, change: (i: number) => Partial<Observation> = () => ({})): Observation[] =>
  Array.from({ length: count }, (_, i) => ({
    code: `I${i}`,
    title: `Thing number${i}`,
    cells: { delivery: '1. 3. 2030' },
    ...change(i),
  }))

const titled = (title: string, count = 40) => rows(count, (i) => (i === 0 ? { title } : {}))

/** A supplier with forty items, whose last run lacks half of them and is held. */
async function withHeld(name: string) {
  const supplier = await makeTestSupplier(world, name)
  assert.equal((await supplier.read(rows(40))).state, 'accepted')
  const held = await supplier.read(rows(20))
  assert.equal(held.state, 'held')
  return { supplier, held }
}

const stateOf = async ({ id }: Run) => (await world.store.runs.get(id))?.state
const withRuns = (change: Partial<Context['store']['runs']>): Context => {
  const { store } = world
  return { ...world.context, store: { ...store, runs: { ...store.runs, ...change } } }
}

test('a run cannot be discarded while it is applied', async () => {
  const { supplier, held } = await withHeld('applied')
  assert.equal(await world.store.runs.approve(held.id), 'approved')
  const discarded: boolean[] = []
  const at = async (step: string) => {
    if (step !== 'items-written') return
    for (const state of ['held', 'due'] as const)
      discarded.push(await world.store.runs.reject(held.id, 'no', { state }))
    discarded.push(await world.store.runs.reject(held.id, 'no', { state: 'judging', passed: false }))
  }
  await judgeRun({ ...world.context, at }, (await world.store.runs.get(held.id)) ?? held)
  assert.deepEqual(discarded, [false, false, false])
  assert.equal(await stateOf(held), 'accepted')
  assert.equal((await supplier.state()).applying, null)
})

test('a claim whose run was rejected all the same ends, and is an incident until the next accepted run', async () => {
  const supplier = await makeTestSupplier(world, 'belt')
  const { id, number = 0, requestedAt = new Date() } = (await world.store.runs.get((await supplier.ask()).id)) as Run
  await world.store.runs.progress(id, { step: 'started', pages: 0, rows: 0 })
  await world.store.runs.beginJudging(id)
  const run = { id, supplier: supplier.id, number, requestedAt, rows: 1, hash: 'one', grammar: grammarNumber }
  assert.ok(await world.store.suppliers.claimApply(run, 'dead'))
  assert.ok(await world.store.runs.reject(id, 'for the test', { state: 'judging' }))
  await world.rewrite('suppliers', { _id: supplier.id }, { 'applying.until': new Date(Date.now() - 100) })
  await resumeRuns(world.context)
  assert.equal((await supplier.state()).applying, null)
  assert.ok(await supplier.incident('half-applied'))
  assert.equal((await supplier.read(rows(40))).state, 'accepted')
  assert.equal(await supplier.incident('half-applied'), undefined)
})

test('a run that was heard to be whole while the clock failed it keeps its parts', async () => {
  const supplier = await makeTestSupplier(world, 'parts')
  const run = await supplier.ask()
  const { part, finish } = supplier.whole(run.id, rows(40))
  await takePart(world.context, part)
  const late = (await world.store.runs.get(run.id)) as Run
  const context = withRuns({
    fail: async (...failed) => {
      await world.store.runs.finish(run.id, finish)
      await world.store.runs.beginJudging(run.id)
      return world.store.runs.fail(...failed)
    },
  })
  await failRun(context, late, { kind: 'interrupted', words: 'late' })
  assert.equal(await world.store.parts.count(run.id), 1)
  await resumeRuns(world.context)
  assert.equal(await stateOf(run), 'accepted')
})

test('a run whose parts are gone cannot be approved, and one that is judged is rejected', async () => {
  const { held } = await withHeld('gone')
  await world.store.parts.drop(held.id)
  assert.equal(await world.store.runs.approve(held.id), 'parts-gone')
  const supplier = await makeTestSupplier(world, 'gone-too')
  const run = await supplier.ask()
  await world.store.runs.finish(run.id, supplier.whole(run.id, rows(1)).finish)
  await world.store.runs.beginJudging(run.id)
  await resumeRuns(world.context)
  assert.equal(await stateOf(run), 'rejected')
  assert.deepEqual((await world.store.runs.get(run.id))?.reasons, ['its parts are gone'])
})

test('a notifier that dies between hold and incident: the sweep tells it, and ends what does not stand', async () => {
  const { supplier, held } = await withHeld('untold')
  await world.store.incidents.close('run-held', supplier.id)
  await resumeRuns(world.context)
  assert.match((await supplier.incident('run-held'))?.words ?? '', /20 of 40 known items/)
  // Its own ending of the older hold was lost too.
  const newer = await supplier.ask()
  await world.store.runs.finish(newer.id, supplier.whole(newer.id, rows(20)).finish)
  await world.store.runs.beginJudging(newer.id)
  await world.store.runs.hold(newer, ['for the test'])
  await resumeRuns(world.context)
  assert.deepEqual([await stateOf(held), await stateOf(newer)], ['rejected', 'held'])
  const [why, ended] = (await world.store.runs.get(held.id))?.reasons ?? []
  assert.match(why ?? '', /20 of 40 known items/, 'why it was held stays')
  assert.match(ended ?? '', /a later run, .* is held/)
  await world.store.runs.reject(newer.id, 'a person discarded it', { state: 'held' })
  await resumeRuns(world.context)
  assert.equal(await supplier.incident('run-held'), undefined)
})

test('approving an old run ends no trouble that came after it', async () => {
  const { supplier, held } = await withHeld('older')
  for (const failure of ['changed', 'login-refused'] as const) {
    await supplier.ask()
    await supplier.fail(failure)
  }
  await world.store.runs.approve(held.id)
  await resumeRuns(world.context)
  assert.equal(await stateOf(held), 'accepted')
  assert.ok(await supplier.incident('paused'))
  assert.ok(await supplier.incident('run-failed'))
  assert.equal(await supplier.incident('run-held'), undefined)
})

test('a run that eight handlers find whole is weighed by one of them', async () => {
  const supplier = await makeTestSupplier(world, 'herd')
  const run = await supplier.ask()
  const { part, finish } = supplier.whole(run.id, rows(8))
  let judged = 0
  const context = withRuns({
    pass: async (id) => {
      judged += 1
      return world.store.runs.pass(id)
    },
  })
  await takeFinish(context, { ...finish, parts: 8 })
  const parts = part.observations.map((one, i) => ({ ...part, part: i + 1, observations: [one] }))
  await Promise.all(parts.map((one) => takePart(context, one)))
  assert.equal(judged, 1)
  assert.equal(await stateOf(run), 'accepted')
})

test('a run that a person asks for while the schedule is refused it is not refused', async () => {
  const supplier = await makeTestSupplier(world, 'both')
  const tick = new Date()
  const waiting = await world.store.runs.propose({
    id: 'both-20261122T0900Z',
    supplier: supplier.id,
    why: 'schedule',
    tick,
  })
  await world.store.suppliers.block(supplier.id, { times: 1, until: new Date(tick.getTime() + 3_600_000), run: 'x' })
  const context = withRuns({
    reject: async (...rejected) => {
      await world.store.runs.propose({ id: 'both-20261122T090000Z-aaaa', supplier: supplier.id, why: 'person' })
      return world.store.runs.reject(...rejected)
    },
  })
  world.clock.now = tick
  await requestNext(context, supplier.id)
  assert.equal(await stateOf(waiting), 'due')
  await requestNext(world.context, supplier.id)
  assert.equal(await stateOf(waiting), 'requested')
})

test('a text that cannot be read is new once, whatever else its row says', async () => {
  const columns = [
    { name: 'delivery', holds: 'availability' as const },
    { name: 'pieces', holds: 'quantity' as const },
  ]
  const supplier = await makeTestSupplier(world, 'unreadable', { columns })
  const read = (pieces: string) =>
    supplier.read(rows(40, (i) => ({ cells: { delivery: i < 6 ? 'dle výrobce hmm' : '1. 3. 2030', pieces } })))
  assert.equal((await read('0')).state, 'accepted')
  const again = await supplier.read(
    rows(40, (i) => ({ cells: { delivery: i < 6 ? 'dle výrobce hmm' : '1. 3. 2030', pieces: i < 6 ? '3' : '0' } })),
  )
  assert.deepEqual([again.state, again.reasons], ['accepted', []])
})

test('a title after a blank one marks nothing, and a run that a person approved brings titles that are right', async () => {
  const supplier = await makeTestSupplier(world, 'titles')
  const mark = async () => (await world.store.items.get('titles/I0'))?.marks.retitled
  await supplier.read(titled(' - '))
  await supplier.read(titled('Nice figure'))
  assert.equal(await mark(), undefined)
  await supplier.read(titled('Wooden rail'))
  assert.equal((await mark())?.was, 'Nice figure')
  await supplier.read(titled('Nice figure'))
  const held = await supplier.read(titled('Wooden rail', 20))
  await world.store.runs.approve(held.id)
  await resumeRuns(world.context)
  assert.equal(await stateOf(held), 'accepted')
  assert.equal(await mark(), undefined)
})
