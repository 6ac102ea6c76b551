import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OrderView, pointedTo, viewOrder } from '#api/views/order.ts'
import type { Item } from '#core/domain/item.ts'
import type { LineState, StoredOrder } from '#core/domain/line-state.ts'
import type { Notice } from '#core/domain/notice.ts'
import { Order } from '#core/domain/order.ts'
import type { Supplier } from '#core/store/suppliers.ts'
import { declaration, order, shop } from '../world.ts'

const now = new Date('2026-11-22T12:00:00Z')
const run = 'demo-20261122T0800Z'
const past = { kind: 'expected', from: '2026-11-01', to: '2026-11-21', precision: 'range' } as const
const today = { ...past, to: '2026-11-22' } as const

test('a past interval is overdue from the day after its end in the time zone of the shop', () => {
  assert.deepEqual(lineOf({ item: itemWith(past) }).marks, ['overdue'])
  assert.deepEqual(lineOf({ item: itemWith(today) }).marks, [])
  const lateEvening = new Date('2026-11-22T23:30:00Z')
  assert.deepEqual(lineOf({ item: itemWith(today), now: lateEvening }).marks, ['overdue'])
})

test('a stale and paused supplier is marked on the line, and never moves now', () => {
  const supplier = supplierWith({
    lastAccepted: { run, number: 1, requestedAt: new Date('2026-11-20T08:00:00Z'), rows: 1 },
    paused: { since: now, because: 'refused' },
  })
  const line = lineOf({ item: itemWith(today), supplier })
  assert.deepEqual(line.marks, ['stale', 'paused'])
  assert.deepEqual(line.markDetails.paused, { since: now.toISOString(), because: 'refused' })
  assert.deepEqual([line.now?.kind, line.now?.texts], [today.kind, itemWith(today).now?.texts])
})

test('last confirmed is the last accepted run, for a missing item the last run that had it', () => {
  assert.equal(lineOf({ item: itemWith(today) }).lastConfirmedAt, '2026-11-22T11:00:00.000Z')
  const lastHad = new Date('2026-11-19T08:00:00Z')
  const missing = { since: now, lastConfirmedAt: lastHad, run, runs: 3 }
  const line = lineOf({ item: { ...itemWith(today), marks: { missing } } })
  assert.equal(line.lastConfirmedAt, lastHad.toISOString())
  assert.deepEqual(line.marks, ['missing'])
  assert.equal(lineOf({}).lastConfirmedAt, null)
})

test('what was told of another item is not told of the one that the shop has given the line since', () => {
  const state = {
    asked: 'demo/OLD',
    item: 'demo/OLD',
    told: { value: past, source: 'shop', at: now, text: 'x' },
    waived: null,
    since: now,
  } as const
  const line = lineOf({ item: itemWith(today), state })
  assert.equal(line.told, null)
  assert.equal(line.differsSince, null)
  assert.deepEqual(line.item, { supplier: 'demo', code: 'FIG-001' })
})

test('what the shop told is given out with its words, and is not assumed', () => {
  const state = {
    asked: 'demo/FIG-001',
    item: 'demo/FIG-001',
    told: { value: today, source: 'shop', at: now, texts: { told: 'listopad' } },
    waived: null,
    since: now,
  } as const
  const { told, differsSince } = lineOf({ item: itemWith(today), state })
  assert.deepEqual(told?.texts, { told: 'listopad' })
  assert.equal('assumed' in (told ?? {}), false)
  assert.equal(differsSince, now.toISOString())
})

test('sentences are in the language of the customer, else in that of the shop', () => {
  assert.equal(sentenceIn('en-US'), sentenceIn('en'))
  assert.notEqual(sentenceIn('en'), sentenceIn('cs'))
  assert.equal(sentenceIn('fr'), sentenceIn('cs'))
  assert.equal(sentenceIn(undefined), sentenceIn('cs'))
})

test('a line that was matched by its ean points to the item that was found', () => {
  const stored = storedWith({ language: 'cs', state: undefined })
  stored.shop.lines = [{ id: '1', ean: '401', title: 'A', quantity: 1, status: 'open' }]
  assert.deepEqual(pointedTo([stored]), { items: [], suppliers: [] })
  stored.lines['1'] = { asked: 'ean:401', item: 'demo/A/1', told: null, waived: null, since: null }
  assert.deepEqual(pointedTo([stored]), { items: ['demo/A/1'], suppliers: ['demo'] })
  const known = {
    items: new Map<string, Item>(),
    suppliers: new Map<string, Supplier>(),
    notices: new Map<string, Notice[]>(),
  }
  assert.deepEqual(viewOrder(stored, { known, shop, now }).lines[0]?.item, { supplier: 'demo', code: 'A/1' })
})

function sentenceIn(language: string | undefined): string | undefined {
  return lineOf({ item: itemWith({ kind: 'sold-out' }), language }).now?.sentence
}

type Given = { item?: Item; supplier?: Supplier; state?: LineState; now?: Date; language?: string | undefined }

function lineOf({ item, supplier = supplierWith({}), state, now: moment = now, language = 'cs' }: Given) {
  const known = {
    items: new Map(item ? [[item.id, item]] : []),
    suppliers: new Map([[supplier.id, supplier]]),
    notices: new Map<string, Notice[]>(),
  }
  const view = OrderView.parse(viewOrder(storedWith({ language, state }), { known, shop, now: moment }))
  const [line] = view.lines
  assert.ok(line)
  return line
}

function storedWith({ language, state }: { language: string | undefined; state: LineState | undefined }): StoredOrder {
  const put = Order.parse(order('1', { customer: { email: 'jana@example.com', language } }))
  const shopPart = { ...put, rev: 1, putAt: now, single: true }
  return { number: '1', shop: shopPart, looked: 1, lines: state ? { '1': state } : {}, closed: 0, changedAt: now }
}

function supplierWith(over: Partial<Supplier>): Supplier {
  const lastAccepted = { run, number: 1, requestedAt: new Date('2026-11-22T11:00:00Z'), rows: 1 }
  return {
    id: 'demo',
    declaration: declaration('demo'),
    knownSince: new Date('2026-11-01T08:00:00Z'),
    scheduledSince: new Date('2026-11-01T08:00:00Z'),
    paused: null,
    resumed: null,
    blocked: null,
    applying: null,
    baseline: null,
    readBy: null,
    silent: null,
    lastAccepted,
    ...over,
  }
}

function itemWith(availability: NonNullable<Item['now']>['availability']): Item {
  const value = { availability, texts: { dostupnost: 'x' }, anchors: {}, since: now, run }
  const fixed = {
    id: 'demo/FIG-001',
    supplier: 'demo',
    code: 'FIG-001',
    title: 'F',
    texts: {},
    sayings: {},
    previous: null,
  }
  return { ...fixed, now: value, marks: {}, run: 1 }
}
