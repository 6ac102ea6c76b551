import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Order } from '#core/domain/order.ts'
import { SupplierDeclaration } from '#core/domain/supplier.ts'
import { grammarNumber } from '#core/domain/grammar/number.ts'
import { ClaimLost } from '#notifier/apply-run.ts'
import { lookAtOrders } from '#notifier/look-at-orders.ts'
import { rereadSteps } from '#notifier/steps.ts'
import { rereadSuppliers } from '#notifier/reread-supplier.ts'
import { makeWorld as makeApi } from '#test/api/world.ts'
import { makeTestContext, makeTestSupplier, type TestContext } from '#test/notifier/a-context.ts'
import { declarationOf, item } from '#test/support/world.ts'

let world: TestContext
before(async () => {
  world = await makeTestContext()
})
after(() => world.close())

const waits = { kind: 'on-request' as const }

/** A supplier of three items: a date, a word that only its second definition knows, and one that it reads otherwise. */
async function makeSupplier(name: string) {
  const supplier = await makeTestSupplier(world, name, { confirm: 'none' })
  await supplier.read([item('A', '1. 3. 2030'), item('B', '1. 3. 2030'), item('C', '1. 3. 2030')])
  await supplier.read([item('A', '1. 3. 2030'), item('B', 'termín dle výrobce'), item('C', 'sklad X')])
  return {
    ...supplier,
    async put(number: string, code: string, told: string): Promise<void> {
      const lines = [{ id: '1', supplier: supplier.id, code, title: code, quantity: 1, told }]
      const customer = { email: 'eva@example.com', language: 'cs' }
      const order = Order.parse({ number, placedAt: new Date().toISOString(), customer, lines })
      await world.store.orders.put(order, { single: true })
      await lookAtOrders(world.context, [number])
    },
    raise: (number: number, words: Record<string, typeof waits | { kind: 'in-stock' }>) =>
      world.store.suppliers.declare(
        SupplierDeclaration.parse({ ...declarationOf(), supplier: supplier.id, confirm: 'none', number, hash: `${number}`, words }), // prettier-ignore
      ),
    now: async (code: string) => (await world.store.items.get(`${supplier.id}/${code}`))?.now,
  }
}

const line = async (number: string) => (await world.store.orders.get(number))?.lines['1']
const notice = async (number: string) => (await world.store.notices.ofOrder(number))[0]

test('P7: a higher definition reads stored texts anew, and nobody is told of it', async () => {
  const acme = await makeSupplier('acme')
  await acme.put('quiet', 'B', '1. 3. 2030')
  await acme.raise(2, { 'termin dle vyrobce': waits, 'termín dle výrobce': waits })
  await rereadSuppliers(world.context)
  assert.deepEqual((await acme.now('B'))?.availability, waits)
  assert.equal((await world.store.items.get('acme/B'))?.marks.unreadable, undefined)
  assert.equal((await acme.now('A'))?.reread, undefined, 'what reads the same is not written')
  assert.equal((await line('quiet'))?.waived?.reason, 're-read')
  assert.equal(await notice('quiet'), undefined)
  const history = await world.store.changes.history({ supplier: 'acme', code: 'B', limit: 10 })
  assert.deepEqual(
    [history.length, history[0]?.kind, history[0]?.run],
    [2, 'undated', `acme-reread-2-${grammarNumber}`],
  )
  await rereadSuppliers(world.context)
  assert.deepEqual((await acme.state()).readBy, { definition: 2, grammar: grammarNumber })
})

test('a line that was due before stays due, with the new reading and at its old time', async () => {
  const acme = await makeSupplier('beta')
  await acme.put('due', 'B', '1. 2. 2030')
  const first = await notice('due')
  assert.equal(first?.state, 'due')
  await acme.raise(2, { 'termín dle výrobce': waits })
  await rereadSuppliers(world.context)
  const anew = await notice('due')
  assert.deepEqual(anew?.news[0]?.now, waits)
  assert.deepEqual([anew?.state, anew?.since], ['due', first?.since])
})

test('a value that was waived by a re-reading is news again when the supplier says something else', async () => {
  const acme = await makeSupplier('gamma')
  await acme.put('later', 'B', '1. 3. 2030')
  await acme.raise(2, { 'termín dle výrobce': waits })
  await rereadSuppliers(world.context)
  assert.equal(await notice('later'), undefined)
  const { id } = await acme.ask()
  const { part, finish } = acme.whole(id, [item('A', '1. 3. 2030'), item('B', '1. 6. 2030'), item('C', 'sklad X')])
  await acme.take(part, { ...finish, definition: { number: 2, hash: '2' } })
  assert.equal((await notice('later'))?.news[0]?.kind, 'delayed')
})

for (const [i, step] of rereadSteps.entries())
  test(`who dies at "${step}" is followed by another, and what was read anew once stays told to nobody`, async () => {
    const acme = await makeSupplier(`delta-${i}`)
    await acme.put(`torn-${i}`, 'B', '1. 3. 2030')
    await acme.raise(2, { 'termín dle výrobce': waits })
    const dies = { at: async (met: string) => void (met === step && (await Promise.reject(new ClaimLost('killed')))) }
    await rereadSuppliers({ ...world.context, ...dies })
    assert.notEqual((await acme.state()).applying, null)
    await acme.leaseEnds()
    await acme.raise(3, { 'termín dle výrobce': waits, 'sklad x': { kind: 'in-stock' } })
    await rereadSuppliers({ ...world.context, owner: 'other' })
    assert.equal((await acme.state()).applying, null)
    assert.deepEqual((await acme.now('C'))?.availability, { kind: 'in-stock' })
    assert.equal(await notice(`torn-${i}`), undefined)
    assert.equal((await line(`torn-${i}`))?.waived?.reason, 're-read')
    const runs = await world.store.changes.history({ supplier: acme.id, code: 'B', limit: 10 })
    assert.equal(runs.filter(({ run }) => run.includes('-reread-')).length, 1, 'history knows of it, once')
  })

test('a re-reading that a newer program left in the middle is done by the one that is installed instead', async () => {
  const acme = await makeSupplier('rollback')
  const by = { definition: 1, grammar: 99 }
  await world.store.suppliers.claimReread(acme.id, { reread: 'rollback-reread-1-99', by, owner: 'newer' })
  await rereadSuppliers(world.context)
  assert.equal((await acme.state()).applying?.owner, 'newer', 'it may still be at it')
  await acme.leaseEnds()
  await rereadSuppliers(world.context)
  assert.equal((await acme.state()).applying, null)
  assert.notEqual((await acme.state()).readBy?.grammar, 99)
})

test('a run is judged only after the texts were read anew; one with a higher grammar than ours is left alone', async () => {
  const acme = await makeSupplier('epsilon')
  await acme.put('run', 'B', '1. 3. 2030')
  await acme.raise(2, { 'termín dle výrobce': waits })
  const { id } = await acme.ask()
  const { part, finish } = acme.whole(id, [item('A', '1. 3. 2030'), item('B', 'termín dle výrobce'), item('C', 'sklad X')]) // prettier-ignore
  await acme.take(part, { ...finish, definition: { number: 2, hash: '2' } })
  assert.equal((await world.store.runs.get(id))?.state, 'accepted')
  assert.equal(await notice('run'), undefined)
  await acme.newerGrammar()
  const next = await acme.ask()
  const { part: second, finish: end } = acme.whole(next.id, [item('A', '1. 3. 2030')])
  await acme.take(second, { ...end, definition: { number: 2, hash: '2' } })
  assert.equal((await world.store.runs.get(next.id))?.state, 'judging')
})

const day = (from: string) => ({ kind: 'expected' as const, from, to: from, precision: 'day' as const })

test('P7: what is pending and what is now are both read anew, each by its own text, and nobody is told', async () => {
  const declare = (number: number, from: string) =>
    SupplierDeclaration.parse({
      ...declarationOf({ confirm: 'second-run' }),
      supplier: 'zeta',
      number,
      hash: `${number}`,
      words: { 'slot seven': day(from), 'slot nine': day('2030-09-01'), ...(number > 1 && { 'slot nine': waits }) },
    })
  const zeta = await makeTestSupplier(world, 'zeta', declare(1, '2030-03-01'))
  const read = async (said: string, number: number) => {
    const { id } = await zeta.ask()
    const { part, finish } = zeta.whole(id, [item('A', said)])
    await zeta.take(part, { ...finish, definition: { number, hash: `${number}` } })
  }
  await read('slot seven', 1)
  const lines = [{ id: '1', supplier: zeta.id, code: 'A', title: 'A', quantity: 1 }]
  const put = { number: 'both', placedAt: new Date().toISOString(), customer: { email: 'eva@example.com' }, lines }
  await world.store.orders.put(Order.parse(put), { single: true })
  await lookAtOrders(world.context, ['both'])
  await read('slot nine', 1)
  await world.store.suppliers.declare(declare(2, '2030-05-01'))
  await rereadSuppliers(world.context)
  const stored = await world.store.items.get('zeta/A')
  assert.deepEqual(stored?.now?.availability, day('2030-05-01'))
  assert.deepEqual(stored?.pending?.availability, waits)
  await read('slot seven', 2)
  await read('slot seven', 2)
  assert.equal((await world.store.items.get('zeta/A'))?.pending, undefined)
  assert.equal(await notice('both'), undefined)
  assert.equal((await line('both'))?.waived?.reason, 're-read')
})

test('an order placed after a re-reading holds what was read anew, and history has it on top', async () => {
  const declare = (number: number, from: string) =>
    SupplierDeclaration.parse({ ...declarationOf(), supplier: 'anew', number, hash: number === 1 ? 'one' : 'two', words: { 'slot seven': day(from) } }) // prettier-ignore
  const anew = await makeTestSupplier(world, 'anew', declare(1, '2030-03-01'))
  const { id } = await anew.read([item('A', 'slot seven')])
  await world.store.suppliers.declare(declare(2, '2030-08-01'))
  const rereadAt = new Date(world.clock.now.getTime() + 60_000)
  await rereadSuppliers({ ...world.context, now: () => rereadAt })
  const lines = [{ id: '1', supplier: anew.id, code: 'A', title: 'A', quantity: 1 }]
  const placedAt = new Date(rereadAt.getTime() + 60_000).toISOString()
  await world.store.orders.put(Order.parse({ number: 'after', placedAt, customer: { email: 'eva@example.com' }, lines }), { single: true }) // prettier-ignore
  await lookAtOrders(world.context, ['after'])
  const { told, waived } = (await line('after')) ?? {}
  assert.deepEqual([told?.value, waived], [day('2030-08-01'), null])
  const history = await world.store.changes.history({ supplier: anew.id, code: 'A', limit: 10 })
  assert.deepEqual(history.map(({ run, number }) => [run, number]), [[`anew-reread-2-${grammarNumber}`, 1], [id, 1]]) // prettier-ignore
})

test('one text in two sayings is read anew by the anchor of each', async () => {
  const iota = await makeTestSupplier(world, 'iota', declareIota(1))
  const read = async (on: string, said: string, number = 1) => {
    world.clock.now = new Date(`${on}T10:00:00Z`)
    const { id } = await iota.ask()
    const { part, finish } = iota.whole(id, [item('A', said)])
    await iota.take(part, { ...finish, definition: { number, hash: `${number}` } })
  }
  await read('2030-01-01', '14 dní')
  const lines = [{ id: '1', supplier: iota.id, code: 'A', title: 'A', quantity: 1 }]
  const put = { number: 'twice', placedAt: '2030-01-01T12:00:00Z', customer: { email: 'eva@example.com' }, lines }
  await world.store.orders.put(Order.parse(put), { single: true })
  await lookAtOrders(world.context, ['twice'])
  await read('2030-01-02', 'dotaz')
  await read('2030-01-20', '14 dní')
  await world.store.suppliers.declare(declareIota(2))
  await rereadSuppliers(world.context)
  const { now, pending } = (await world.store.items.get('iota/A')) ?? {}
  const endOf = (value: typeof now | typeof pending) => value?.availability.kind === 'expected' && value.availability.to
  assert.deepEqual([endOf(now), endOf(pending)], ['2030-01-15', '2030-02-03'])
  await read('2030-01-20', '14 dní', 2)
  assert.equal((await notice('twice'))?.news[0]?.kind, 'delayed')
  world.clock.now = new Date()
})

function declareIota(number: number): SupplierDeclaration {
  const more = { supplier: 'iota', number, hash: `${number}` }
  return SupplierDeclaration.parse({ ...declarationOf({ confirm: 'second-run' }), ...more })
}

test('what was pending and can be read no longer is unreadable, and its order is planned as if it had not been', async () => {
  const eta = await makeTestSupplier(world, 'eta', declareEta(1, { 'slot nine': day('2030-09-01') }))
  const read = async (said: string) => {
    const { id } = await eta.ask()
    const { part, finish } = eta.whole(id, [item('A', said)])
    await eta.take(part, { ...finish, definition: { number: 1, hash: '1' } })
  }
  await read('slot seven')
  const lines = [{ id: '1', supplier: eta.id, code: 'A', title: 'A', quantity: 1, told: '1. 2. 2030' }]
  const put = { number: 'dropped', placedAt: new Date().toISOString(), customer: { email: 'eva@example.com' }, lines }
  await world.store.orders.put(Order.parse(put), { single: true })
  await read('slot seven')
  await lookAtOrders(world.context, ['dropped'])
  await read('slot nine')
  assert.equal((await notice('dropped'))?.state, 'superseded', 'it waits for a second reading')
  await world.store.suppliers.declare(declareEta(2, {}))
  await rereadSuppliers(world.context)
  const { pending, marks } = (await world.store.items.get('eta/A')) ?? {}
  assert.deepEqual([pending, marks?.unreadable?.said], [undefined, 'slot nine'])
  const last = (await world.store.notices.ofOrder('dropped')).at(-1)
  assert.equal(last?.state, 'due', 'nothing is pending any more')
})

function declareEta(number: number, words: SupplierDeclaration['words']): SupplierDeclaration {
  const more = { supplier: 'eta', number, hash: `${number}`, words: { 'slot seven': day('2030-03-01'), ...words } }
  return SupplierDeclaration.parse({ ...declarationOf({ confirm: 'second-run' }), ...more })
}

test('which readings would change is shown before, and nothing is changed by it', async () => {
  const acme = await makeSupplier('theta')
  await acme.put('shown', 'B', '1. 3. 2030')
  await acme.raise(2, { 'sklad x': { kind: 'in-stock' } })
  await rereadSuppliers(world.context)
  const untouched = await acme.now('B')
  const { send } = makeApi(world.store)
  const ask = async (body: object) => (await send('POST', '/v1/suppliers/theta/rereading', body)).body
  assert.deepEqual([(await ask({}))['different'], (await ask({}))['items']], [0, 3])
  const found = await ask({ words: { 'termín dle výrobce': waits, 'sklad x': { kind: 'in-stock' } } })
  const [reading] = found['readings'] as { code: string; after: { availability: object } }[]
  assert.deepEqual([found['different'], found['news'], reading?.code], [1, 1, 'B'])
  assert.deepEqual(reading?.after.availability, waits)
  assert.deepEqual(await acme.now('B'), untouched)
  assert.equal(await notice('shown'), undefined)
})
