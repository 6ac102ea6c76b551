import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Link } from '#core/domain/link.ts'
import type { Observation } from '#core/domain/messages.ts'
import { Order } from '#core/domain/order.ts'
import { lookAtOrders } from '#notifier/look-at-orders.ts'
import { makeTestContext, makeTestSupplier } from '#test/notifier/a-context.ts'
import { makePost } from '#test/notifier/a-post.ts'
import { item, order } from '#test/support/world.ts'

let world: Awaited<ReturnType<typeof makeTestContext>>
let post: Awaited<ReturnType<typeof makePost>>
let first: Awaited<ReturnType<typeof makeTestSupplier>>
let second: Awaited<ReturnType<typeof makeTestSupplier>>
const shelf: Record<'first' | 'second', Observation[]> = { first: [], second: [] }

before(async () => {
  world = await makeTestContext()
  post = await makePost(world)
  first = await makeTestSupplier(world, 'acme-secret', { confirm: 'none', name: 'Tajný velkoobchod' })
  second = await makeTestSupplier(world, 'other-secret', { confirm: 'none' })
  await bring('first', item('A', '1. 3. 2030'), { ...item('E', '1. 3. 2030'), ean: '4006381333931' })
  await bring('second', item('B', '1. 4. 2030'), { ...item('F', '1. 5. 2030'), ean: '4006381333931' })
})
after(() => world.close())

test('a link is found at intake: the first of its items that a run has brought', async () => {
  await link('P1', ['acme-secret/LATER', 'other-secret/B', 'acme-secret/A'])
  assert.equal(await found('intake', { product: 'P1' }), 'other-secret/B')
})

test('found once: an item that is preferred and comes later changes nothing', async () => {
  await bring('first', item('LATER', '1. 6. 2030'))
  await look('intake')
  assert.equal(await itemOf('intake'), 'other-secret/B')
})

test('a line that waits for a linked item finds it with the first accepted run that brings it', async () => {
  await link('P2', ['acme-secret/NEW'])
  assert.equal(await found('later', { product: 'P2' }), null)
  await bring('first', item('NEW', 'nikdo neví'))
  assert.equal(await itemOf('later'), 'acme-secret/NEW', 'even where it cannot be read')
})

test('a link put later wakes the orders that waited for it, and mails nobody for an older order (P7)', async () => {
  assert.equal(await found('woken', { product: 'P3', told: '1. 1. 2030' }), null)
  await link('P3', ['acme-secret/A'])
  assert.equal(await itemOf('woken'), 'acme-secret/A')
  assert.deepEqual(await post.sendDue(), [])
  assert.equal((await world.store.orders.get('woken'))?.lines['1']?.waived?.reason, 'at-intake')
})

test('the shop changes a link: its lines are given the other item, and those that wait wait for it', async () => {
  await link('P4', ['acme-secret/A'])
  assert.equal(await found('moved', { product: 'P4' }), 'acme-secret/A')
  await link('P4', ['acme-secret/A', 'other-secret/B'])
  assert.equal(await itemOf('moved'), 'acme-secret/A', 'still one of the linked')
  await link('P4', ['other-secret/B'])
  assert.equal(await itemOf('moved'), 'other-secret/B')
  await link('P4', ['other-secret/UNSEEN'])
  assert.equal(await itemOf('moved'), null)
  await bring('second', item('UNSEEN', '1. 7. 2030'))
  assert.equal(await itemOf('moved'), 'other-secret/UNSEEN')
})

test('an EAN of two suppliers is matched by the ranking, and by nobody without one', async () => {
  assert.equal(await found('unranked', { ean: '4006381333931' }), null)
  world.context.ranking = ['nobody', 'other-secret', 'acme-secret']
  assert.equal(await found('ranked', { ean: '4006381333931' }), 'other-secret/F')
  await look('unranked')
  assert.equal(await itemOf('unranked'), 'other-secret/F', 'the daily look finds it too')
  world.context.ranking = ['nobody']
  assert.equal(await found('strangers', { ean: '4006381333931' }), null)
})

test('an EAN that the preferred supplier gives to two items is matched by nobody', async () => {
  await bring(
    'first',
    { ...item('G1', '1. 3. 2030'), ean: '5901234123457' },
    { ...item('G2', '1. 3. 2030'), ean: '5901234123457' },
  )
  world.context.ranking = ['acme-secret']
  assert.equal(await found('doubled', { ean: '5901234123457' }), null)
})

test("the shop's link goes before what the EAN suggests", async () => {
  await link('P5', ['acme-secret/A'])
  assert.equal(await found('both', { product: 'P5', ean: '4006381333931' }), 'acme-secret/A')
})

test('a line that is matched late by its EAN is looked at when the run comes', async () => {
  world.context.ranking = []
  assert.equal(await found('ean', { ean: '9780201379624', product: 'P6' }), null)
  await bring('second', { ...item('H', '1. 3. 2030'), ean: '9780201379624' })
  assert.equal(await itemOf('ean'), 'other-secret/H')
})

test('no mail names a supplier', async () => {
  await link('P7', ['acme-secret/A'])
  await found('mailed', { product: 'P7' })
  for (const delivery of ['1. 4. 2030', '1. 5. 2030', 'na dotaz', 'skladem']) {
    await bring('first', item('A', delivery))
    assert.ok((await post.sendDue()).length > 0)
  }
  for (const { subject, text, html, messageId } of post.mails)
    assert.doesNotMatch([subject, text, html, messageId].join('\n'), /secret|Tajný velkoobchod/i)
})

async function found(
  number: string,
  points: { product?: string; ean?: string; told?: string },
): Promise<string | null> {
  const lines = [{ id: '1', title: 'Figure', quantity: 1, ...points }]
  await world.store.orders.put(Order.parse(order(number, [], { lines })), { single: true })
  await look(number)
  return itemOf(number)
}

async function look(number: string): Promise<void> {
  await lookAtOrders(world.context, [number])
}

async function itemOf(number: string): Promise<string | null> {
  return (await world.store.orders.get(number))?.lines['1']?.item ?? null
}

/** As the route does it: the link is stored, then the orders that name the product are looked at. */
async function link(product: string, ids: string[]): Promise<void> {
  const items = ids.map((id) => ({ supplier: id.split('/')[0], code: id.split('/')[1] }))
  await world.store.links.put(Link.parse({ product, items }))
  const numbers = await world.store.orders.withProduct(product)
  await world.store.orders.askLook(numbers)
  await lookAtOrders(world.context, numbers)
}

/** A run of all that the supplier had before, and this. */
async function bring(name: 'first' | 'second', ...observations: Observation[]): Promise<void> {
  const codes = new Set(observations.map(({ code }) => code))
  shelf[name] = [...shelf[name].filter(({ code }) => !codes.has(code)), ...observations]
  const run = await (name === 'first' ? first : second).read(shelf[name])
  assert.equal(run.state, 'accepted')
}
