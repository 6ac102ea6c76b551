import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Observation } from '#core/domain/messages.ts'
import { resumeRuns } from '#notifier/collect-run.ts'
import { judgeRun } from '#notifier/judge-run.ts'
import { planOrders } from '#notifier/plan-orders.ts'
import { sweep } from '#notifier/sweep.ts'
import { makeTestContext, makeTestSupplier, type TestContext } from './a-context.ts'
import { makeDesk, putOrders, type Desk } from './a-desk.ts'

/** A run that waits for a person: what they are shown, and what their yes is worth. */
let world: TestContext
let desk: Desk
before(async () => {
  world = await makeTestContext()
  desk = makeDesk(world)
})
after(() => world.close())

const rows = (delivery: (i: number) => string, count = 40): Observation[] =>
  Array.from({ length: count }, (_, i) => ({ code: `I${i}`, title: `Thing ${i}`, cells: { delivery: delivery(i) } }))
const march = () => '1. 3. 2030'

/** 40 items, three customers who wait for the first of them, and a run that moves it but lacks half of the items. */
async function withHeld(name: string) {
  const supplier = await makeTestSupplier(world, name)
  await supplier.read(rows(march))
  await putOrders(world, { supplier: name, count: 3 })
  const held = await supplier.read(rows((i) => (i === 0 ? '8. 4. 2030' : i === 1 ? 'snad někdy' : march()), 20))
  assert.equal(held.state, 'held')
  return { supplier, run: held.id, id: `run/${held.id}` }
}
function notYet() {
  let looks = 0
  return async (id: string) => (looks++ === 0 ? false : world.store.runs.hasPassed(id))
}
const stateOf = async (run: string) => (await world.store.runs.get(run))?.state
const noticesOf = async (order: string) => (await world.store.notices.ofOrder(order)).length
const waivedOf = async (order: string) => (await world.store.orders.get(order))?.lines['1']?.waived

test('a held run shows its reasons, what would change in words and texts, and how many customers it would mail', async () => {
  const { run, id } = await withHeld('shown')
  const listed = (await desk.holds()).find((hold) => hold['id'] === id)
  assert.deepEqual([listed?.['kind'], listed?.['subject'], listed?.['customers']], ['run', 'shown', 3])
  await world.store.evidence.put(1, { keepDays: 1, run, address: 'x', picture: Buffer.from('x'), page: '<p>' })
  const { body } = await desk.hold(id)
  assert.match(String(body['reasons']), /20 of 40 known items are not in it/)
  const details = body['run'] as { totals: object; differences: Record<string, unknown>[]; evidence: string[] }
  assert.deepEqual(details.totals, { changed: 1, unreadable: 1, missing: 20, new: 0 })
  assert.deepEqual(details.evidence, [`/v1/runs/${run}/evidence/1`, `/v1/runs/${run}/evidence/1/page`])
  const [changed, unreadable, missing] = details.differences as { after: { sentence: string }; texts: object[] }[]
  assert.match(changed?.after.sentence ?? '', /8\. dubna 2030/)
  const words = [
    { text: '1', is: 'removed' },
    { text: '8', is: 'added' },
    { text: '. ', is: 'same' },
    { text: '3', is: 'removed' },
    { text: '4', is: 'added' },
    { text: '. 2030', is: 'same' },
  ]
  assert.deepEqual(changed?.texts, [{ column: 'delivery', before: '1. 3. 2030', after: '8. 4. 2030', words }])
  assert.equal(unreadable?.after, null)
  assert.equal(missing?.after, null)
})

test('an approval is refused where the number of customers is no longer the one shown, and says what it is now', async () => {
  const { run, id } = await withHeld('moved')
  await putOrders(world, { supplier: 'moved', count: 1, from: 7 })
  const refused = await desk.decide(id, 'approve', { customers: 3 })
  assert.equal(refused.status, 409)
  assert.match(String(refused.body['detail']), /would mail 4 customers now, not 3/)
  assert.equal(await stateOf(run), 'held')
  assert.equal((await desk.decide(id, 'approve', { customers: 4 })).status, 200)
  assert.equal(await stateOf(run), 'accepted')
  assert.equal(await noticesOf('moved-7'), 1)
})

test('an approval whose number moves before the run is applied lapses: the run is held again, and moves nothing', async () => {
  const { run, id, supplier } = await withHeld('lapsed')
  assert.equal(await world.store.runs.approve(run, { customers: 3 }), 'approved')
  await putOrders(world, { supplier: 'lapsed', count: 1, from: 7 })
  await resumeRuns(world.context)
  assert.equal(await stateOf(run), 'held')
  assert.match(
    (await world.store.runs.get(run))?.reasons.join() ?? '',
    /approved for 3 customers, but by then it would mail 4/,
  )
  assert.equal((await world.store.items.get('lapsed/I0'))?.run, 1)
  assert.equal(await noticesOf('lapsed-0'), 0)
  assert.ok(await supplier.incident('run-held'))
  assert.equal((await desk.decide(id, 'approve', { customers: 4 })).status, 200)
  assert.equal(await stateOf(run), 'accepted')
})

test('a yes stands though a slower notifier, which weighed the run before it was held, comes to its own verdict', async () => {
  const { run } = await withHeld('slower')
  const weighed = await world.store.runs.get(run)
  assert.ok(weighed)
  await world.store.runs.approve(run, { customers: 3 })
  await judgeRun(world.context, { ...weighed, state: 'judging' })
  assert.equal((await world.store.runs.get(run))?.approval?.customers, 3)
  // Held again by who weighed it with that yes, and approved again: the yes is another one.
  const first = await world.store.runs.get(run)
  assert.ok(first)
  assert.ok(await world.store.runs.hold(first, ['once more'], 3))
  await world.store.runs.approve(run, { customers: 3 })
  assert.equal(await world.store.runs.hold(first, ['too late'], 3), false)
  await resumeRuns(world.context)
  assert.equal(await stateOf(run), 'accepted')
})

test('an approved run that two notifiers take up is applied, though one of them counts when it is half applied', async () => {
  const { run } = await withHeld('twice')
  await world.store.runs.approve(run, { customers: 3 })
  const approved = await world.store.runs.get(run)
  assert.ok(approved)
  let others = 0
  const at = async (step: string) => {
    if (step !== 'orders-planned') return
    others += 1
    // It looked before the first one had said that the run passes.
    const store = { ...world.store, runs: { ...world.store.runs, hasPassed: notYet() } }
    await judgeRun({ ...world.context, store, owner: 'other' }, approved)
  }
  await judgeRun({ ...world.context, at }, approved)
  assert.equal(others, 1)
  assert.equal(await stateOf(run), 'accepted')
})

test('one that is no longer the run held is refused, with what became of it; the newer one is what waits', async () => {
  const { run, id, supplier } = await withHeld('newer')
  const newer = await supplier.read(rows((i) => (i === 0 ? '9. 4. 2030' : march()), 20))
  assert.equal(newer.state, 'held')
  const refused = await desk.decide(id, 'approve', { customers: 3 })
  assert.equal(refused.status, 409)
  assert.match(
    String(refused.body['detail']),
    new RegExp(`not held: it is rejected \\(a later run, ${newer.id}, is held\\)`),
  )
  assert.equal((await desk.hold(id)).status, 409)
  assert.equal(await stateOf(run), 'rejected')
  const waiting = (await desk.holds()).filter((hold) => hold['subject'] === 'newer').map((hold) => hold['id'])
  assert.deepEqual(waiting, [`run/${newer.id}`])
})

test('approved without mailing: the run is applied, its lines are waived as silent, and only what comes later is news', async () => {
  const { run, id, supplier } = await withHeld('silent')
  assert.equal((await desk.decide(id, 'approve', { customers: 3, silent: true })).status, 200)
  assert.equal(await stateOf(run), 'accepted')
  assert.equal((await world.store.items.get('silent/I0'))?.run, 2)
  assert.equal(await noticesOf('silent-0'), 0)
  assert.equal((await waivedOf('silent-0'))?.reason, 'silent')
  await planOrders(world.context, ['silent-0'])
  assert.equal(await noticesOf('silent-0'), 0)
  await putOrders(world, { supplier: 'silent', count: 1, from: 7, more: () => ({ notifyNow: true }) })
  assert.equal(await noticesOf('silent-7'), 1, 'an order that came later was told something else by the shop')
  await supplier.read(rows((i) => (i === 0 ? '9. 5. 2030' : march()), 20))
  assert.equal(await noticesOf('silent-0'), 1)
})

test('a line that was due before stays due when a run is approved without mailing', async () => {
  const supplier = await makeTestSupplier(world, 'before')
  await supplier.read(rows(march))
  await putOrders(world, { supplier: 'before', count: 1 })
  await supplier.read(rows((i) => (i === 0 ? '1. 4. 2030' : march())))
  assert.equal(await noticesOf('before-0'), 1)
  const held = await supplier.read(rows((i) => (i === 0 ? '8. 4. 2030' : march()), 20))
  assert.equal((await desk.decide(`run/${held.id}`, 'approve', { customers: 1, silent: true })).status, 200)
  assert.equal(await stateOf(held.id), 'accepted')
  assert.equal((await world.store.notices.openOf(['before-0'])).get('before-0')?.state, 'due')
})

test('discarded: the run is rejected, nothing is waived, and the next one may say the same as news', async () => {
  const { run, id, supplier } = await withHeld('wrong')
  assert.equal((await desk.decide(id, 'waive')).status, 409, 'a run is not waived')
  assert.equal((await desk.decide(id, 'discard')).status, 200)
  assert.equal(await stateOf(run), 'rejected')
  assert.equal(await supplier.incident('run-held'), undefined)
  assert.equal(await waivedOf('wrong-0'), null)
  await sweep(world.context)
  assert.equal(await world.store.holds.preview(run), null)
  await supplier.read(rows((i) => (i === 0 ? '8. 4. 2030' : march())))
  assert.equal(await noticesOf('wrong-0'), 1)
})
