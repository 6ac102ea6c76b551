import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { Item } from '#core/domain/item.ts'
import type { LineState } from '#core/domain/line-state.ts'
import { at, declaration, makeWorld, order, startOwnStore } from './world.ts'

let own: Awaited<ReturnType<typeof startOwnStore>>
let world: ReturnType<typeof makeWorld>
const now = new Date('2026-11-22T12:00:00Z')

before(async () => {
  own = await startOwnStore()
  await own.store.suppliers.declare(declaration('demo'))
})
after(() => own.close())
beforeEach(() => {
  world = makeWorld(own.store, { clock: () => now })
})

test('a new order is 201, put again it is 200 with a higher rev, and both hurry the planner up', async () => {
  const first = await world.send('PUT', '/v1/orders/100', order('100'))
  assert.equal(first.status, 201)
  assert.equal(first.body['rev'], 1)
  assert.equal(first.body['looked'], false)
  const second = await world.send('PUT', '/v1/orders/100', order('100'))
  assert.equal(second.status, 200)
  assert.equal(second.body['rev'], 2)
  const wish = { type: 'wish.made', id: 'order/100', body: { v: 1, about: 'order', id: '100' } }
  assert.deepEqual(world.published, [wish, wish])
})

test('an order is given out as it was put, with a number that needs encoding too', async () => {
  const number = 'A/1 ž%2F'
  const put = order(number, { url: 'https://shop.example/o/1', muted: true })
  assert.equal((await world.send('PUT', `/v1/orders/${encodeURIComponent(number)}`, put)).status, 201)
  const { status, body } = await world.send('GET', `/v1/orders/${encodeURIComponent(number)}`)
  assert.equal(status, 200)
  assert.equal(body['number'], number)
  assert.equal(body['url'], put['url' as keyof typeof put])
  assert.equal(body['muted'], true)
  assert.deepEqual(body['customer'], put.customer)
  assert.equal('single' in body, false)
  const line = at(body['lines'], 0)
  assert.deepEqual(line['item'], { supplier: 'demo', code: 'FIG-001' })
  assert.equal(line['status'], 'open')
  assert.deepEqual([line['told'], line['now'], line['waived'], line['notice']], [null, null, null, null])
  assert.deepEqual(line['marks'], ['unseen'])
})

test('an unknown order is 404', async () => {
  assert.equal((await world.send('GET', '/v1/orders/nobody')).status, 404)
})

test('an older updatedAt changes nothing, is answered with what is stored, and hurries nobody', async () => {
  await world.send('PUT', '/v1/orders/101', order('101', { updatedAt: '2026-11-21T10:00:00+01:00', muted: true }))
  const { status, body } = await world.send(
    'PUT',
    '/v1/orders/101',
    order('101', { updatedAt: '2026-11-21T08:59:59Z', muted: false }),
  )
  assert.equal(status, 200)
  assert.equal(body['muted'], true)
  assert.equal(body['rev'], 1)
  assert.match(String(at(body['warnings'], 0)['message']), /older/)
  assert.equal(world.published.length, 1)
})

test('a line left out is cancelled and stays', async () => {
  const lines = [
    { id: '1', supplier: 'demo', code: 'A', title: 'A', quantity: 1 },
    { id: '2', ean: '4012345678901', title: 'B', quantity: 1 },
  ]
  await world.send('PUT', '/v1/orders/102', order('102', { lines }))
  const { body } = await world.send('PUT', '/v1/orders/102', order('102', { lines: [lines[0]] }))
  assert.deepEqual(
    (body['lines'] as { id: string; status: string }[]).map(({ id, status }) => [id, status]),
    [
      ['1', 'open'],
      ['2', 'cancelled'],
    ],
  )
  assert.deepEqual(at(body['lines'], 1)['marks'], ['unmatched'])
  assert.equal(at(body['lines'], 1)['item'], null)
})

test('a told text that nobody can read is taken, with a warning that names the line', async () => {
  const lines = [
    { id: '1', supplier: 'demo', code: 'A', title: 'A', quantity: 1, told: 'až naprší a uschne' },
    { id: '2', supplier: 'demo', code: 'B', title: 'B', quantity: 1, told: { kind: 'on-request' } },
    { id: '3', supplier: 'demo', code: 'C', title: 'C', quantity: 1, told: 'polovina ledna 2027' },
    { id: '4', supplier: 'demo', code: 'D', title: 'D', quantity: 1, told: 'na dotaz' },
  ]
  const { status, body } = await world.send('PUT', '/v1/orders/103', order('103', { lines }))
  assert.equal(status, 201)
  const warnings = body['warnings'] as { path: string; message: string }[]
  assert.deepEqual(
    warnings.map((warning) => warning.path),
    ['lines.0.told'],
  )
  assert.match(warnings[0]?.message ?? '', /až naprší a uschne/)
})

test('an order as given out can be put back as it is', async () => {
  await world.send('PUT', '/v1/orders/105', order('105'))
  const stored = await own.store.orders.get('105')
  assert.ok(stored)
  assert.ok(await own.store.orders.saveLook(stored, { '1': lineState() }))
  const given = await world.send('GET', '/v1/orders/105')
  const again = await world.send('PUT', '/v1/orders/105', given.body)
  assert.equal(again.status, 200, JSON.stringify(again.body))
})

test('a look shows told, now and why, in the language of the customer', async () => {
  await world.send('PUT', '/v1/orders/104', order('104', { customer: { email: 'jo@example.com', language: 'en-GB' } }))
  await own.store.items.writeDifferences([{ item: item('FIG-001'), planned: true }])
  const stored = await own.store.orders.get('104')
  assert.ok(stored)
  assert.ok(await own.store.orders.saveLook(stored, { '1': lineState() }))
  const { body } = await world.send('GET', '/v1/orders/104')
  assert.equal(body['looked'], true)
  const line = at(body['lines'], 0)
  const told = line['told'] as Record<string, unknown>
  for (const [name, value] of Object.entries(lineState().told?.value ?? {})) assert.equal(told[name], value, name)
  assert.equal(told['assumed'], true)
  assert.match(String(told['sentence']), /December 2026/)
  const seen = line['now'] as Record<string, unknown>
  assert.deepEqual(seen['texts'], { dostupnost: 'leden 2027' })
  assert.equal(seen['run'], 'demo-20261122T0800Z')
  assert.match(String(seen['sentence']), /January 2027/)
  assert.deepEqual(line['marks'], ['unreadable'])
  assert.deepEqual((line['markDetails'] as Record<string, Record<string, unknown>>)['unreadable']?.['said'], 'brzy')
  assert.deepEqual(line['waived'], { value: item('x').now?.availability, reason: 'baseline', at: now.toISOString() })
})

test('an order lists its notices with subject, text and state, and its line the newest of them', async () => {
  await world.send('PUT', '/v1/orders/105', order('105'))
  const news = [
    {
      line: '1',
      kind: 'delayed',
      told: december,
      now: january,
      texts: { delivery: 'leden 2027' },
      run: 'demo-20261122T0800Z',
    } as const,
  ]
  await own.store.notices.create([{ order: '105', n: 1, since: now, dueAt: now, news: [...news] }])
  await own.store.notices.pass(await own.store.notices.unjudged())
  const claimed = await own.store.notices.claimEach(['105/1'], 'me').then(([one = null]) => one)
  assert.ok(claimed)
  const message = {
    to: 'jana@example.com',
    language: 'cs',
    subject: 'Posun',
    text: 'Dobrý den',
    html: '<p>',
    messageId: '<1@x>',
  } as const
  await own.store.notices.handEach([
    { claimed, message: { ...message, news: [...news], others: {}, raw: Buffer.from('raw') } },
  ])
  await own.store.notices.endEach([{ claimed, state: 'sent' }])
  const { body } = await world.send('GET', '/v1/orders/105')
  const notice = at(body['notices'], 0)
  assert.equal(notice['state'], 'sent')
  assert.equal(notice['subject'], 'Posun')
  assert.equal(notice['text'], 'Dobrý den')
  assert.equal(notice['messageId'], '<1@x>')
  assert.equal(notice['window'], false)
  assert.ok(notice['sentAt'])
  assert.equal(at(notice['news'], 0)['kind'], 'delayed')
  assert.deepEqual(at(body['lines'], 0)['notice'], { id: '105/1', state: 'sent' })
})

test('a list goes on by its cursor without leaving out or doubling one, and ends in null', async () => {
  const since = new Date(Date.now() - 60_000).toISOString()
  for (const number of ['201', '202', '203', '204', '205'])
    await world.send('PUT', `/v1/orders/${number}`, order(number))
  const seen: string[] = []
  let path = `/v1/orders?limit=2&updatedSince=${encodeURIComponent(since)}`
  for (let pages = 0; pages < 20; pages += 1) {
    const { status, body } = await world.send('GET', path)
    assert.equal(status, 200)
    const page = body['items'] as { number: string }[]
    assert.ok(page.length <= 2)
    seen.push(...page.map((found) => found.number))
    if (body['next'] === null) break
    path = `/v1/orders?limit=2&cursor=${body['next'] as string}`
  }
  assert.equal(new Set(seen).size, seen.length)
  assert.deepEqual(seen.slice(-5), ['201', '202', '203', '204', '205'])
})

test('updatedSince leaves out what has not changed since', async () => {
  const { body } = await world.send('GET', `/v1/orders?updatedSince=${new Date(Date.now() + 60_000).toISOString()}`)
  assert.deepEqual(body, { items: [], next: null })
})

const december = { kind: 'expected', from: '2026-12-01', to: '2026-12-31', precision: 'month' } as const
const january = { kind: 'expected', from: '2027-01-01', to: '2027-01-31', precision: 'month' } as const

function item(code: string): Item {
  const run = 'demo-20261122T0800Z'
  return {
    id: `demo/${code}`,
    supplier: 'demo',
    code,
    title: 'Figurka',
    texts: { dostupnost: 'brzy' },
    sayings: { dostupnost: [{ text: 'brzy', anchor: '2026-11-22', grammar: 1 }] },
    now: { availability: january, texts: { dostupnost: 'leden 2027' }, anchors: {}, since: now, run },
    previous: null,
    marks: { unreadable: { said: 'brzy', since: now, run } },
    run: 1,
  }
}

function lineState(): LineState {
  return {
    asked: 'demo/FIG-001',
    item: 'demo/FIG-001',
    told: { value: december, source: 'assumed', at: now },
    waived: { value: january, reason: 'baseline', at: now },
    since: null,
  }
}
