import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Availability } from '#core/domain/availability.ts'
import type { Item, Value } from '#core/domain/item.ts'
import type { Told } from '#core/domain/line-state.ts'
import { OrderLine } from '#core/domain/order.ts'
import type { LineSituation } from '#core/domain/plan-line.ts'
import { planLine } from '#core/domain/plan-line.ts'
import { defaultPolicy } from '#core/domain/policy.ts'

const moment = new Date('2026-11-01T10:00:00Z')
const first: Availability = { kind: 'expected', from: '2026-11-10', to: '2026-11-10', precision: 'day' }
const later: Availability = { kind: 'expected', from: '2026-11-12', to: '2026-11-12', precision: 'day' }
const january: Availability = { kind: 'expected', from: '2027-01-10', to: '2027-01-10', precision: 'day' }
const run = 'acme-20261101T1000Z'

test('a date that passed without a word is told as that, so many days after it as the shop wants', () => {
  assert.equal(planLine(situation({ today: '2026-11-10' })).kind, 'quiet')
  assert.deepEqual(planLine(situation({ today: '2026-11-12' })), { kind: 'waived', reason: 'overdue', value: first })
  const outcome = planLine(situation({ today: '2026-11-13' }))
  assert.deepEqual(outcome, { kind: 'due', news: { kind: 'overdue', told: first, now: first }, run, texts: {} })
})

test('what waits to be told when it passes counts from the later of the two dates', () => {
  assert.equal(planLine(situation({ now: later, today: '2026-11-14' })).kind, 'waived')
  assert.equal(planLine(situation({ now: later, today: '2026-11-15' })).kind, 'due')
})

const waived: [what: string, given: Given][] = [
  ['a shop that does not want it', { after: null }],
  ['a customer who holds a later date', { told: told(january) }],
  ['a customer who holds no date', { told: told({ kind: 'on-request' }) }],
  ['who was told so already', { told: { ...told(first), source: 'notice', kind: 'overdue' } }],
  ['a supplier that is stale', { lastHeard: undefined }],
  ['a supplier that was not read since', { lastHeard: new Date('2026-11-10T20:00:00Z') }],
  ['an item that says something unreadable', { marks: { unreadable: { said: 'brzy', since: moment, run } } }],
  [
    'an item that the last run did not have',
    { marks: { missing: { since: moment, lastConfirmedAt: moment, run, runs: 1 } } },
  ],
  ['a first run that brought a date of the past (P7)', { baseline: true, since: new Date('2026-11-20T10:00:00Z') }],
]
for (const [what, given] of waived) {
  test(`overdue is not told: ${what}`, () => {
    const value = given.now ?? first
    assert.deepEqual(planLine(situation(given)), { kind: 'waived', reason: 'overdue', value })
  })
}

test('what a first run brought and passed afterwards is told', () => {
  assert.equal(planLine(situation({ baseline: true })).kind, 'due')
})

test('what an import brought along overdue stays waived', () => {
  const given = situation({})
  const state = given.state && { ...given.state, waived: { value: first, reason: 'at-intake' as const, at: moment } }
  assert.deepEqual(planLine({ ...given, state }), { kind: 'waived', reason: 'at-intake', value: first })
})

test('a waived overdue date does not stay waived when its day to be told comes', () => {
  const given = situation({})
  const state = given.state && { ...given.state, waived: { value: first, reason: 'overdue' as const, at: moment } }
  assert.equal(planLine({ ...given, state }).kind, 'due')
})

test('an article under another title is held', () => {
  const outcome = planLine(situation({ marks: { retitled: { was: 'Other', since: moment, run } } }))
  assert.deepEqual(outcome, { kind: 'held', held: { because: 'title', value: first, run }, value: first })
})

test('who wants only what is needed hears nothing of it, once it would be told', () => {
  assert.deepEqual(planLine({ ...situation({}), optedOut: true }), { kind: 'quiet', rule: 'opted-out' })
  const early = planLine({ ...situation({ after: null }), optedOut: true })
  assert.deepEqual(early, { kind: 'waived', reason: 'overdue', value: first })
})

type Given = {
  told?: Told
  now?: Availability
  today?: string
  after?: number | null
  lastHeard?: Date | undefined
  marks?: Item['marks']
  baseline?: boolean
  since?: Date
}

function situation(given: Given): LineSituation {
  const { now = first, today = '2026-11-22', after = 3, marks = {}, baseline = false, since = moment } = given
  const lastHeard = 'lastHeard' in given ? given.lastHeard : new Date('2026-11-22T03:00:00Z')
  const value: Value = { availability: now, texts: {}, anchors: {}, since, run }
  const bare = {
    id: 'acme/A',
    supplier: 'acme',
    code: 'A',
    title: 'Figure',
    texts: {},
    sayings: {},
    previous: null,
    run: 1,
  }
  return {
    line: OrderLine.parse({ id: '1', supplier: 'acme', code: 'A', title: 'Figure', quantity: 1 }),
    state: {
      asked: 'item:acme/A',
      item: 'acme/A',
      told: given.told ?? told(first),
      waived: null,
      since: null,
      ...(baseline && { early: true as const }),
    },
    muted: false,
    item: { ...bare, now: value, marks },
    hold: undefined,
    supplier: { soldOut: 'ask', baseline: baseline ? run : null, ...(lastHeard && { lastHeard }) },
    openQuantity: undefined,
    policy: { ...defaultPolicy, overdueAfterDays: after },
    today,
  }
}

function told(value: Availability): Told {
  return { value, source: 'shop', at: moment }
}
