import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Availability } from '#core/domain/availability.ts'
import type { Item } from '#core/domain/item.ts'
import type { LineState, Told } from '#core/domain/line-state.ts'
import { OrderLine } from '#core/domain/order.ts'
import type { LineSituation } from '#core/domain/plan-line.ts'
import { planLine } from '#core/domain/plan-line.ts'
import { defaultPolicy, noTolerance } from '#core/domain/policy.ts'

const january: Availability = { kind: 'expected', from: '2027-01-10', to: '2027-01-10', precision: 'day' }
const february: Availability = { kind: 'expected', from: '2027-02-10', to: '2027-02-10', precision: 'day' }
const past: Availability = { kind: 'expected', from: '2026-11-01', to: '2026-11-10', precision: 'range' }
const moment = new Date('2026-11-22T10:00:00Z')

test('a line says what moved between told and now', () => {
  assert.deepEqual(planLine(situation({ told: january, now: february })), {
    kind: 'due',
    news: { kind: 'delayed', told: january, now: february },
    run: 'acme-20261122T1000Z',
    texts: { delivery: '…' },
  })
})

const quiet: [string, string, Partial<LineSituation>][] = [
  ['a cancelled line', 'not-open', { line: line({ status: 'cancelled' }) }],
  ['a line that the shop has secured', 'not-open', { line: line({ status: 'secured' }) }],
  ['a line that nobody looked at yet', 'not-looked-at', { state: undefined }],
  ['an unmatched line', 'unmatched', { state: { ...state(january), item: null } }],
  ['a muted order', 'muted', { muted: true }],
  ['an item of which nothing readable was ever seen', 'nothing-known', { item: item(null) }],
  ['a line whose told is still so', 'same', { item: item(january) }],
  [
    'a kind of news that the shop does not mail',
    'not-mailed',
    { policy: { ...defaultPolicy, mailed: { ...defaultPolicy.mailed, delayed: false } } },
  ],
  [
    'a shift within the tolerance',
    'within-tolerance',
    { policy: { ...defaultPolicy, toleranceDays: { ...noTolerance, day: 31 } } },
  ],
]
for (const [what, rule, change] of quiet) {
  test(`${what} says nothing, by the rule "${rule}"`, () => {
    assert.deepEqual(planLine({ ...situation({ told: january, now: february }), ...change }), { kind: 'quiet', rule })
  })
}

test('what would be due, held or read again of a retired supplier is told nobody, by the rule "retired"', () => {
  const supplier = { soldOut: 'ask' as const, baseline: null, retired: true as const }
  const of = (now: Availability, more: Partial<Item> = {}) =>
    planLine({ ...situation({ told: january, now }), supplier, item: { ...item(now), ...more } })
  const pending = { availability: february, since: moment, run: 'r', number: 1, texts: {}, anchors: {} }
  assert.deepEqual(of(february), { kind: 'quiet', rule: 'retired', value: february })
  assert.deepEqual(of({ kind: 'sold-out' }), { kind: 'quiet', rule: 'retired', value: { kind: 'sold-out' } })
  assert.deepEqual(of(january, { pending }), { kind: 'quiet', rule: 'retired' })
  assert.deepEqual(of(january), { kind: 'quiet', rule: 'same' })
})

test('once a line was told that its goods arrived, later changes of the item are not mailed for it', () => {
  const told: Told = { value: { kind: 'in-stock' }, source: 'notice', kind: 'arrived', at: moment }
  assert.deepEqual(planLine({ ...situation({ told: january, now: february }), state: { ...state(january), told } }), {
    kind: 'quiet',
    rule: 'told-arrived',
  })
})

test('now again what was told before the last notice is a correction', () => {
  const told: Told = { value: february, source: 'notice', kind: 'delayed', before: january, at: moment }
  const outcome = planLine({ ...situation({ told: february, now: january }), state: { ...state(february), told } })
  assert.equal(outcome.kind === 'due' && outcome.news.kind, 'correction')
})

test('a delay after a delay is told as another one, but not where the first may never have arrived', () => {
  const delayed: Told = { value: january, source: 'notice', kind: 'delayed', before: past, at: moment }
  const againBy = (told: Told) => {
    const outcome = planLine({ ...situation({ told: january, now: february }), state: { ...state(january), told } })
    return outcome.kind === 'due' && outcome.news.again
  }
  assert.deepEqual([againBy(delayed), againBy({ ...delayed, uncertain: true })], [true, undefined])
})

test('a date that has passed is never mailed as a date', () => {
  const outcome = planLine(situation({ told: january, now: past }))
  assert.deepEqual(outcome, { kind: 'waived', reason: 'overdue', value: past })
})

test('a value that was waived stays untold, another one does not', () => {
  const waived = { value: february, reason: 'at-intake' as const, at: moment }
  const given = situation({ told: january, now: february })
  assert.equal(planLine({ ...given, state: { ...state(january), waived } }).kind, 'waived')
  assert.equal(planLine({ ...given, state: { ...state(january), waived: { ...waived, value: past } } }).kind, 'due')
})

test('sold out waits for a person unless the definition says otherwise', () => {
  const given = situation({ told: january, now: { kind: 'sold-out' } })
  assert.equal(planLine(given).kind, 'held')
  assert.equal(planLine({ ...given, supplier: { soldOut: 'mail', baseline: null } }).kind, 'due')
  assert.equal(planLine({ ...given, supplier: { soldOut: 'ignore', baseline: null } }).kind, 'quiet')
})

test('a decision counts for what was shown: this value, of this run, held for this reason', () => {
  const given = situation({ told: january, now: { kind: 'sold-out' } })
  const held = planLine(given)
  assert.ok(held.kind === 'held')
  const decided = (verdict: 'approved' | 'waived', other: object = {}) =>
    planLine({ ...given, hold: { ...held.held, state: verdict, ...other } }).kind
  assert.deepEqual([decided('approved'), decided('waived')], ['due', 'waived'])
  for (const other of [{ value: february }, { run: 'acme-20261101T1000Z' }, { because: 'title' as const }])
    assert.deepEqual([decided('approved', other), decided('waived', other)], ['held', 'held'], JSON.stringify(other))
})

test('fewer pieces than open lines wait for: nobody is told that theirs arrived', () => {
  const given = situation({ told: january, now: { kind: 'in-stock', quantity: 2 } })
  assert.deepEqual(planLine({ ...given, openQuantity: 3 }), {
    kind: 'held',
    held: { because: 'too-few', value: { kind: 'in-stock', quantity: 2 }, run: 'acme-20261122T1000Z' },
    value: { kind: 'in-stock', quantity: 2 },
  })
  assert.equal(planLine({ ...given, openQuantity: 2 }).kind, 'due')
})

test('a waived arrival of too few pieces is no word on one of enough', () => {
  const waived = { value: { kind: 'in-stock' as const, quantity: 1 }, reason: 'too-few' as const, at: moment }
  const of = (quantity: number | undefined, reason: 'too-few' | 'hold' = 'too-few') => {
    const now: Availability = { kind: 'in-stock', ...(quantity !== undefined && { quantity }) }
    const given = { ...situation({ told: january, now }), openQuantity: 3 }
    return planLine({ ...given, state: { ...state(january), waived: { ...waived, reason } } }).kind
  }
  assert.deepEqual([of(1), of(2), of(undefined), of(3)], ['waived', 'waived', 'waived', 'due'])
  assert.equal(of(3, 'hold'), 'waived', 'what a person did not want mailed at all')
})

test('a hold is known by what the item says to all, and decided for a line by what it says to that line', () => {
  const given = situation({ told: { kind: 'in-stock' }, now: february })
  const saidToAll = item(january).now
  assert.ok(saidToAll !== null)
  const held = { because: 'left-stock' as const, value: january, run: 'acme-20261122T1000Z' }
  assert.deepEqual(planLine({ ...given, saidToAll }), { kind: 'held', held, value: february })
  const waived = planLine({ ...given, saidToAll, hold: { ...held, state: 'waived' } })
  assert.deepEqual(waived, { kind: 'waived', reason: 'hold', value: february })
})

test('leaving the stock that a customer was promised at the order waits for a person', () => {
  assert.equal(planLine(situation({ told: { kind: 'in-stock' }, now: february })).kind, 'held')
})

test("a first run's values are no news to lines that were looked at before it, and are to later ones", () => {
  const given = {
    ...situation({ told: january, now: february }),
    supplier: { soldOut: 'ask' as const, baseline: 'acme-20261122T1000Z' },
  }
  assert.equal(planLine(given).kind, 'due')
  const early = planLine({ ...given, state: { ...state(january), early: true } })
  assert.deepEqual(early, { kind: 'waived', reason: 'baseline', value: february })
  const later = { soldOut: 'ask' as const, baseline: 'acme-20261121T1000Z' }
  assert.equal(planLine({ ...given, supplier: later, state: { ...state(january), early: true } }).kind, 'due')
})

test('a correction to "in stock" is held like any arrival where there are too few pieces', () => {
  const stock: Availability = { kind: 'in-stock', quantity: 1 }
  const told: Told = { value: february, source: 'notice', kind: 'delayed', before: { kind: 'in-stock' }, at: moment }
  const given = { ...situation({ told: february, now: stock }), state: { ...state(february), told } }
  assert.equal(planLine({ ...given, openQuantity: 2 }).kind, 'held')
  const outcome = planLine({ ...given, openQuantity: 1 })
  assert.equal(outcome.kind === 'due' && outcome.news.kind, 'correction')
})

test('what nobody told yet is assumed, silently, from the first value known', () => {
  assert.equal(
    planLine({ ...situation({ told: january, now: february }), state: { ...state(january), told: null } }).kind,
    'assume',
  )
})

function situation({ told, now }: { told: Availability; now: Availability }): LineSituation {
  return {
    line: line({}),
    state: state(told),
    muted: false,
    item: item(now),
    hold: undefined,
    supplier: { soldOut: 'ask', baseline: null },
    openQuantity: undefined,
    policy: defaultPolicy,
    today: '2026-11-22',
  }
}

function line(change: object): OrderLine {
  return OrderLine.parse({ id: '1', supplier: 'acme', code: 'A', title: 'Figure', quantity: 1, ...change })
}

function state(told: Availability): LineState {
  return {
    asked: 'item:acme/A',
    item: 'acme/A',
    told: { value: told, source: 'shop', at: moment },
    waived: null,
    since: null,
  }
}

function item(now: Availability | null): Item {
  const value = now && {
    availability: now,
    texts: { delivery: '…' },
    anchors: {},
    since: moment,
    run: 'acme-20261122T1000Z',
  }
  return {
    id: 'acme/A',
    supplier: 'acme',
    code: 'A',
    title: 'Figure',
    texts: {},
    sayings: {},
    now: value,
    previous: null,
    marks: {},
    run: 1,
  }
}
