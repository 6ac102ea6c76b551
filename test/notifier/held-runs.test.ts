import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { mailsOf } from '#test/support/mails.ts'
import { until } from '#test/support/until.ts'
import { item, makeWorld, order, supplier, type World } from '#test/support/world.ts'

let world: World
const codes = Array.from({ length: 40 }, (_, i) => `I${i + 1}`)
before(async () => {
  world = await makeWorld()
  await world.startNotifier()
  await world.declare()
  fill()
  await world.run()
  await world.putOrder(order('one', ['I1']))
  await world.looked('one')
})
after(async () => world[Symbol.asyncDispose]())

function fill(): void {
  world.shelf.observations = codes.map((code) => item(code, '1. 3. 2030'))
  world.shelf.partSize = 20
}

const now = async () => (await world.store.items.get(`${supplier}/I1`))?.now?.availability

test('P1: a run that lacks most of the rows is held: nothing moves, nobody is mailed, and an incident says why', async () => {
  const known = await now()
  world.shelf.observations = codes.slice(0, 20).map((code) => item(code, '1. 9. 2030'))
  const run = await world.run()
  assert.equal(run.state, 'held')
  assert.match(run.reasons.join(), /20 of 40 known items are not in it \(50 %\)/)
  assert.deepEqual(await now(), known)
  assert.equal((await world.store.items.get(`${supplier}/I40`))?.marks.missing, undefined)
  await world.settled()
  assert.deepEqual(await mailsOf(world.mailbox.url), [])
  await until('its incident', async () => (await world.store.incidents.openOnes()).some(({ kind }) => kind === 'run-held')) // prettier-ignore
})

test('a newer run that is whole ends the hold, and the incident', async () => {
  const [held] = await world.store.runs.held(supplier)
  fill()
  const run = await world.run()
  assert.equal(run.state, 'accepted')
  const ended = await until('the hold to end', async () => {
    const seen = await world.store.runs.get(held?.id ?? '')
    return seen?.state === 'rejected' ? seen : null
  })
  assert.match(ended.reasons.join(), /later run/)
  await until('the incident to close', async () =>
    (await world.store.incidents.openOnes()).every(({ kind }) => kind !== 'run-held'),
  )
})

test('a date in another order of day and month than the declared one holds the run, one is enough', async () => {
  world.set('I2', '12/31/2026')
  const run = await world.run()
  assert.equal(run.state, 'held')
  assert.match(run.reasons.join(), /"12\/31\/2026" of I2/)
  fill()
})

test('held again, the older hold ends; a person who approves lets it move the items and mail the customer', async () => {
  world.shelf.observations = codes.map((code) => item(code, '8. 3. 2030'))
  const first = await world.run()
  const second = await world.run()
  assert.deepEqual([first.state, second.state], ['held', 'held'])
  await until('the older hold to end', async () => (await world.store.runs.get(first.id))?.state === 'rejected')
  assert.match(second.reasons.join(), /40 of 40 items would change.*40 of 40 changes are a shift by the same 7 days/)
  assert.equal(await world.store.runs.approve(second.id), 'approved')
  assert.equal(await world.store.runs.approve(second.id), 'not-held')
  const applied = await until('the approved run', async () => {
    const seen = await world.store.runs.get(second.id)
    return seen?.state === 'accepted' ? seen : null
  })
  assert.equal(applied.counts?.changes, 40)
  await world.settled()
  assert.equal((await mailsOf(world.mailbox.url)).length, 1)
})

test('a code that comes with quite another title: its news waits for a person, other items go on', async () => {
  await world.putOrder(order('two', ['I2', 'I3']))
  await world.looked('two')
  const other = world.shelf.observations.find(({ code }) => code === 'I2')
  assert.ok(other)
  other.title = 'Wooden rail, 12 parts'
  world.set('I2', '1. 6. 2030')
  world.set('I3', '1. 6. 2030')
  assert.equal((await world.run()).state, 'accepted')
  await world.settled()
  const notice = (await world.store.notices.ofOrder('two')).at(-1)
  assert.deepEqual(
    notice?.news.map(({ line }) => line),
    ['2'],
  )
  const hold = (await world.store.holds.openOnes()).find((one) => one.item === `${supplier}/I2`)
  assert.equal(hold?.because, 'title')
})

test('the old title is back: the hold of its news ends, and what was held goes out', async () => {
  const other = world.shelf.observations.find(({ code }) => code === 'I2')
  assert.ok(other)
  const { was } = (await world.store.items.get(`${supplier}/I2`))?.marks.retitled ?? {}
  other.title = was ?? ''
  assert.equal((await world.run()).state, 'accepted')
  await world.settled()
  assert.deepEqual(
    (await world.store.notices.ofOrder('two')).at(-1)?.news.map(({ line }) => line),
    ['1'],
  )
  assert.deepEqual(await world.store.holds.openOnes(), [])
})
