import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Order } from '#core/domain/order.ts'
import { SupplierDeclaration } from '#core/domain/supplier.ts'
import { makeNoticeJudge } from '#notifier/judge-notices.ts'
import { lookAtOrders } from '#notifier/look-at-orders.ts'
import { planOrders } from '#notifier/plan-orders.ts'
import { rereadSuppliers } from '#notifier/reread-supplier.ts'
import { makeWorld } from '#test/api/world.ts'
import { makeTestContext, makeTestSupplier, type TestContext } from '#test/notifier/a-context.ts'
import { makeDesk } from '#test/notifier/a-desk.ts'
import { makePost } from '#test/notifier/a-post.ts'
import { declarationOf, item } from '#test/support/world.ts'

/** `relative: 'order-day'`: a lead time counts from the day of each order (RULES section 2). */
let world: TestContext
before(async () => {
  world = await makeTestContext()
})
after(() => world.close())

type Put = { told?: string; notifyNow?: boolean }
async function start(supplier: string, over: Partial<SupplierDeclaration> = { relative: 'order-day' }) {
  at('2030-01-10')
  const acme = await makeTestSupplier(world, supplier, over)
  return {
    ...acme,
    read: (said: string) => acme.read([item('A', said)]),
    async put(number: string, day: string, { told, ...more }: Put = {}): Promise<void> {
      at(day)
      const line = { id: '1', supplier, code: 'A', title: 'Figure A', quantity: 1, ...(told && { told }) }
      const customer = { email: `${number}@example.com` }
      const order = Order.parse({ number, placedAt: `${day}T10:00:00Z`, customer, lines: [line], ...more })
      await world.store.orders.put(order, { single: true })
      await lookAtOrders(world.context, [number])
    },
  }
}

function declareTurns(number: number, relative: SupplierDeclaration['relative']): SupplierDeclaration {
  const more = { supplier: 'turns', number, hash: number === 1 ? 'one' : 'two', relative }
  return SupplierDeclaration.parse({ ...declarationOf(), ...more })
}

function declareWords(number: number, words: SupplierDeclaration['words']): SupplierDeclaration {
  return SupplierDeclaration.parse({ ...declareTurns(number, 'order-day'), supplier: 'words', words })
}

function at(day: string): void {
  world.clock.now = new Date(`${day}T10:00:00Z`)
}
function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
}
const toldOf = async (number: string) => {
  const told = (await world.store.orders.get(number))?.lines['1']?.told?.value
  return told?.kind === 'expected' ? `${told.from} ${told.to}` : told?.kind
}
const newsOf = async (number: string) => (await world.store.notices.ofOrder(number)).at(-1)?.news[0]

test('each order is told by its own day, and standing text is no news to any', async () => {
  const acme = await start('stands')
  await acme.read('14 dní')
  await acme.put('early', '2030-01-12')
  await acme.put('late', '2030-01-30', { told: '14 dní' })
  at('2030-02-02')
  await acme.read('14 dní')
  await planOrders(world.context, ['early', 'late'])
  assert.deepEqual([await toldOf('early'), await toldOf('late')], ['2030-01-12 2030-01-26', '2030-01-30 2030-02-13'])
  assert.deepEqual([await newsOf('early'), await newsOf('late')], [undefined, undefined])
  const { body } = await makeWorld(world.store).send('GET', '/v1/orders/late')
  const { now, marks } = (body['lines'] as { now: { to: string }; marks: string[] }[])[0] ?? {}
  assert.deepEqual([now?.to, marks], ['2030-02-13', []])
})

test('a longer lead time counts from the day on which it is said, for an order placed before', async () => {
  const acme = await start('longer')
  await acme.read('14 dní')
  await acme.put('before', '2030-01-12')
  at('2030-01-20')
  await acme.read('21 dní')
  const news = await newsOf('before')
  assert.deepEqual(
    [news?.kind, news?.now],
    ['delayed', { kind: 'expected', from: '2030-01-20', to: '2030-02-10', precision: 'range' }],
  )
  await acme.put('afterwards', '2030-01-25')
  assert.equal(await toldOf('afterwards'), '2030-01-25 2030-02-15')
  const post = await makePost(world)
  const [mail, ...more] = await post.sendDue()
  assert.deepEqual(more, [])
  assert.match(mail?.text ?? '', /20\. ledna .*10\. února 2030/)
})

test('overdue are the orders whose own lead time has passed, not the item', async () => {
  const acme = await start('passed')
  // The API goes by the clock on the wall.
  at(daysAgo(40))
  await acme.read('14 dní')
  await acme.put('old', daysAgo(38))
  await acme.put('new', daysAgo(5))
  at(daysAgo(0))
  await acme.read('14 dní')
  const { send } = makeWorld(world.store)
  const listed = (await send('GET', '/v1/overdue')).body['items'] as { supplier: string; orders: number }[]
  assert.equal(listed.find((one) => one.supplier === 'passed')?.orders, 1)
  const { body } = await send('GET', '/v1/items/passed/A')
  assert.deepEqual([body['marks'], (body['leadTime'] as { to: string }).to > daysAgo(0)], [[], true])
})

const others = ['dotaz a', 'dotaz b', 'dotaz c', 'dotaz d', 'dotaz e', 'dotaz f']

test('texts that came and went since change nothing for an order, however many they were', async () => {
  const acme = await start('forgets')
  await acme.read('14 dní')
  await acme.put('kept', '2030-01-20')
  at('2030-01-21')
  for (const said of others) await acme.read(said)
  await planOrders(world.context, ['kept'])
  assert.deepEqual([await toldOf('kept'), await newsOf('kept')], ['2030-01-20 2030-02-03', undefined])
  await acme.put('new', '2030-01-22')
  assert.equal(await toldOf('new'), '2030-01-22 2030-02-05')
})

test('what comes back within fourteen days has its old day, however many other texts there were', async () => {
  for (const relative of ['order-day', 'first-seen'] as const) {
    const acme = await start(relative, { relative })
    await acme.read('14 dní')
    await acme.put(`${relative}-1`, '2030-01-20')
    for (const said of others) await acme.read(said)
    at('2030-01-23')
    await acme.read('14 dní')
    assert.equal(await newsOf(`${relative}-1`), undefined, relative)
    const { length } = (await world.store.items.get(`${relative}/A`))?.sayings['delivery'] ?? []
    assert.equal(length, 5)
  }
})

test('two lead times that end in one week today are not the same to an order of tomorrow', async () => {
  const acme = await start('weeks')
  await acme.read('za 3 týdny')
  at('2030-01-17')
  await acme.read('za 2 týdny')
  await acme.put('tomorrow', '2030-01-18')
  assert.equal(await toldOf('tomorrow'), '2030-01-28 2030-02-03')
})

/** Told to be in stock, while the supplier says 14 days: news that a person must see first. */
async function startHeld(supplier: string) {
  const acme = await start(supplier)
  await acme.read('14 dní')
  await acme.put(`${supplier}-1`, '2030-01-18', { told: 'skladem', notifyNow: true })
  await acme.put(`${supplier}-2`, '2030-01-20', { told: 'skladem', notifyNow: true })
  return { ...acme, numbers: [`${supplier}-1`, `${supplier}-2`], id: `item/${supplier}/A`, desk: makeDesk(world) }
}
const waivedOf = async (number: string) => {
  const waived = (await world.store.orders.get(number))?.lines['1']?.waived
  return waived?.value.kind === 'expected' ? `${waived.reason} ${waived.value.to}` : null
}
const holdOf = async (supplier: string) => (await world.store.holds.ofItems([`${supplier}/A`])).get(`${supplier}/A`)

test('a difference that an order brings along is waived by what it is to this order, and asks nobody', async () => {
  const acme = await start('along')
  await acme.read('14 dní')
  await acme.put('along-1', '2030-01-20', { told: 'skladem', notifyNow: false })
  await planOrders(world.context, ['along-1'])
  assert.equal(await waivedOf('along-1'), 'at-intake 2030-02-03')
  assert.equal(await holdOf('along'), undefined)
})

test('news that a person waives stays waived for each order by its own days', async () => {
  const { id, numbers, desk } = await startHeld('waives')
  const { value, state } = (await holdOf('waives')) ?? {}
  assert.deepEqual([value?.kind === 'expected' && value.to, state], ['2030-01-24', 'open'], 'held as said to all')
  assert.equal((await desk.decide(id, 'waive')).status, 200)
  assert.deepEqual(await Promise.all(numbers.map(waivedOf)), ['hold 2030-02-01', 'hold 2030-02-03'])
  // Another reason to ask for the same news, in the place of the hold that was waived.
  await world.rewrite('items', { _id: 'waives/A' }, { 'marks.retitled': { was: 'B', since: new Date(), run: 'other' } })
  await planOrders(world.context, numbers)
  assert.equal((await holdOf('waives'))?.state, 'waived')
  assert.deepEqual(await Promise.all(numbers.map(waivedOf)), ['hold 2030-02-01', 'hold 2030-02-03'])
})

test('a person’s yes to news is one to the notices of all its orders, whatever their days', async () => {
  const { id, numbers, desk, put } = await startHeld('agrees')
  // Of the same run, and asked of nobody: it is not among the customers that are shown.
  await put('agrees-0', '2030-01-20', { told: '1. 2. 2030', notifyNow: true })
  numbers.unshift('agrees-0')
  assert.equal((await desk.decide(id, 'approve', { customers: 2 })).status, 200)
  // The store goes by its own clock.
  await world.rewrite('notices', { order: { $in: numbers } }, { dueAt: new Date(0) })
  await makeNoticeJudge({ ...world.context, limit: { customers: 1, share: 0, floor: 0 } })()
  const notices = await Promise.all(numbers.map((number) => world.store.notices.ofOrder(number)))
  assert.deepEqual(
    notices.map((list) => list.map(({ state, yes }) => `${state} ${yes}`)),
    [['held undefined'], [`due ${id}`], [`due ${id}`]],
  )
})

test('P7: a lead time that another definition reads as something else mails nobody', async () => {
  const acme = await start('words', declareWords(1, {}))
  await acme.read('14 dní')
  await acme.put('worded', '2030-01-14')
  await world.store.suppliers.declare(declareWords(2, { '14 dní': { kind: 'in-stock' } }))
  await planOrders(world.context, ['worded'])
  assert.equal(await newsOf('worded'), undefined, 'before its texts are read anew')
  await rereadSuppliers(world.context)
  assert.equal(await newsOf('worded'), undefined)
  assert.equal((await world.store.orders.get('worded'))?.lines['1']?.waived?.reason, 're-read')
})

test('P7: a supplier that begins to count by the order’s day mails nobody by itself', async () => {
  const acme = await start('turns', declareTurns(1, 'first-seen'))
  await acme.read('14 dní')
  await acme.put('turned', '2030-01-14')
  assert.equal(await toldOf('turned'), '2030-01-10 2030-01-24')
  await world.store.suppliers.declare(declareTurns(2, 'order-day'))
  await rereadSuppliers(world.context)
  assert.equal(await newsOf('turned'), undefined)
  assert.equal((await world.store.orders.get('turned'))?.lines['1']?.waived?.reason, 're-read')
})
