import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { isOver } from '#core/domain/hourly-limit.ts'
import { mailsOf } from '#test/support/mails.ts'
import { until } from '#test/support/until.ts'
import { makeWorld as makeApi } from '#test/api/world.ts'
import { item, makeWorld, order, supplier, type World } from '#test/support/world.ts'

/** P5 on real parts: two notifiers, and a shop that puts 60 orders which all have news. */
let world: World
let send: ReturnType<typeof makeApi>['send']
before(async () => {
  world = await makeWorld()
  world.env['HOURLY_CUSTOMERS'] = '50'
  world.env['HOURLY_SHARE'] = '0.2'
  await Promise.all([world.startNotifier(), world.startNotifier()])
  await world.declare()
  world.shelf.observations = ['A', 'B'].map((code) => item(code, '1. 4. 2030'))
  await world.run()
  const { broker } = world
  send = makeApi(world.store, { broker, attendWithinMs: 30_000 }).send
})
after(async () => world[Symbol.asyncDispose]())

const recent = { placedAt: new Date().toISOString() }
const line = { id: '1', supplier, code: 'A', title: 'Figure A', quantity: 1, told: '1. 3. 2030' }
const mails = async () => (await mailsOf(world.mailbox.url)).length

async function flood(name: string): Promise<string[]> {
  const numbers = Array.from({ length: 60 }, (_, i) => `${name}-${i}`)
  await Promise.all(numbers.map((number) => world.putOrder(order(number, ['A'], { ...recent, lines: [line] }))))
  await until('all of them to be held', async () => (await world.store.notices.count('held')) === 60, 120)
  return numbers
}
async function holdShown() {
  const { body } = await send('GET', '/v1/holds')
  const [hold, ...others] = body['items'] as { id: string; kind: string; customers: number }[]
  assert.deepEqual([hold?.kind, hold?.customers, others], ['notices', 60, []])
  return { address: `/v1/holds/${encodeURIComponent(hold?.id ?? '')}`, customers: hold?.customers }
}

test('a single change is mailed at once: nobody notices that it was judged', async () => {
  const begun = performance.now()
  await world.putOrder(order('single', ['A'], { ...recent, lines: [line] }))
  await until('the mail', async () => (await mails()) === 1)
  // It takes less than a second; the machine may be slow.
  assert.ok(performance.now() - begun < 10_000)
})

test('of 60 orders put at once nothing is sent; waived, nothing of them ever is', { timeout: 300_000 }, async () => {
  const numbers = await flood('no')
  assert.equal(await mails(), 1)
  const { address } = await holdShown()
  assert.equal((await send('POST', `${address}/waive`)).status, 200)
  await until('their end', async () => (await world.store.notices.count('held', 'due', 'sending')) === 0, 120)
  assert.equal(await mails(), 1)
  assert.equal((await world.store.orders.get(numbers[0] ?? ''))?.lines['1']?.waived?.reason, 'hold')
  await until('the end of the incident', async () => {
    return !(await world.store.incidents.openOnes()).some(({ kind }) => kind === 'notices-held')
  })
})

test(
  'of 60 orders put at once nothing is sent before a person says yes; then each customer is told once',
  { timeout: 300_000 },
  async () => {
    const numbers = await flood('yes')
    assert.equal(await mails(), 1)
    const { address, customers } = await holdShown()
    assert.equal((await send('POST', `${address}/approve`, { customers: 50 })).status, 409)
    assert.equal((await send('POST', `${address}/approve`, { customers })).status, 200)
    await until('all mails', async () => (await world.store.notices.count('sent')) === 61, 180)
    await world.settled()
    const to = new Set((await mailsOf(world.mailbox.url)).map((mail) => mail.to))
    assert.equal(await mails(), 61)
    assert.ok(numbers.every((number) => to.has(`customer-${number}@example.com`)))
  },
)

test('the limit: more than so many, or a larger share than this where it is more than the floor', () => {
  const limit = { customers: 200, share: 0.2, floor: 20 }
  assert.deepEqual([isOver(limit, 200, 10_000), isOver(limit, 201, 10_000)], [false, true])
  assert.deepEqual([isOver(limit, 30, 150), isOver(limit, 31, 150)], [false, true])
  assert.deepEqual([isOver(limit, 20, 10), isOver(limit, 21, 10)], [false, true])
  assert.equal(isOver({ ...limit, share: 1 }, 200, 100), true)
})
