import assert from 'node:assert/strict'
import { test } from 'node:test'
import { check } from '#infra/chaos/checker.ts'
import type { Seen } from '#infra/chaos/checker.ts'
import type { Mail } from '#infra/chaos/mails.ts'
import { rowsOf, suppliersOf, titleOf, walkOf } from '#infra/chaos/script.ts'
import type { Value } from '#infra/chaos/values.ts'

const plan = { seed: 7, suppliers: 1, items: 40, orders: 1 }
const suppliers = suppliersOf(plan)
const [supplier] = suppliers
assert.ok(supplier)
const walk = walkOf(plan, supplier)
const calmFrom = 60
const minute = 60_000
const aSecond = 1_000

/** An item that is one thing at first, another at two steps in a row, and a third from then on. */
const { code, first, middle, final, steps } = movedItem()
const other = [...walk.valuesAt(1)].find(([one, value]) => one !== code && walk.valuesAt(calmFrom).get(one) === value)
assert.ok(other)
const [title, otherTitle] = [titleOf(code), titleOf(other[0])]

type Moved = { code: string; first: Value; middle: Value; final: Value; steps: [number, number] }

function movedItem(): Moved {
  for (const [one, last] of walk.valuesAt(calmFrom)) {
    for (let step = 2; step < calmFrom - 1; step++) {
      const [before, now, next] = [walk.valuesAt(1).get(one), saidAt(step, one), saidAt(step + 1, one)]
      const isThird = now !== null && now === next && now !== before && now !== last
      if (isThird && before !== undefined && before !== last && ![before, now].includes('in-stock'))
        return { code: one, first: before, middle: now, final: last, steps: [step, step + 1] }
    }
  }
  throw new Error('nothing moved twice')
}

function saidAt(step: number, one: string): Value | null {
  assert.ok(supplier)
  const rows = rowsOf(plan.seed, supplier, { values: walk.valuesAt(step), step, calm: false })
  return rows.find((row) => row.code === one)?.says ?? null
}

/** A run is requested in the minute of its number, and has ended a second later. */
function run(number: number) {
  const at = number * minute
  const [requestedAt, endedAt] = [new Date(at).toISOString(), new Date(at + aSecond).toISOString()]
  return { supplier: 'supplier-1', number, state: 'accepted', requestedAt, endedAt }
}
const ended = (number: number) => number * minute + aSecond
const [calmOne, calmTwo] = [calmFrom + 1, calmFrom + 2]
const [stepOne, stepTwo] = steps

const said: Mail = {
  id: 'm1',
  to: 'customer-1@example.com',
  order: '1',
  messageId: 'one@example.com',
  at: ended(calmTwo) + 10 * minute,
  raw: 'the mail',
  news: [{ title, before: first, now: final }],
  unchanged: [],
  strange: [],
}
const saidMiddle = { ...said, at: ended(stepTwo) + 10 * aSecond, news: [{ title, before: first, now: middle }] }
const thenFinal = { ...said, id: 'm2', messageId: 'two@example.com', news: [{ title, before: middle, now: final }] }

type NoticeSeen = Seen['stored'][number]['notices'][number]

function noticeOf(messageId: string, more: Partial<NoticeSeen> = {}): NoticeSeen {
  return { id: messageId, state: 'sent', messageId: `<${messageId}>`, window: false, reason: null, text: '', ...more }
}
const lineOf = (id: string, one: string, told: Value) => ({ id, supplier: 'supplier-1', code: one, told, toldAs: told })

/** Each mail has its notice, unless other notices are given. */
function seen(mails: Mail[], more: Partial<Seen> & { notices?: NoticeSeen[] } = {}): Seen {
  const { notices, ...rest } = more
  const ids = new Set(mails.map(({ messageId }) => messageId))
  return {
    plan,
    suppliers,
    mails,
    confirming: new Set(),
    orders: [{ number: '1', email: said.to, language: 'en', lines: [lineOf('1', code, first)] }],
    runs: [1, stepOne, stepTwo, calmOne, calmTwo].map(run),
    stored: [{ number: '1', notices: notices ?? [...ids].map((id) => noticeOf(id)) }],
    baselineUpTo: new Map([['supplier-1', 1]]),
    calmAfter: new Map([['supplier-1', calmFrom]]),
    moved: new Map(),
    freezes: [],
    left: [],
    ...rest,
  }
}

function counts(given: Seen): number[] {
  const { lost, wrong, doubled, inside, uncertain } = check(given)
  return [lost.length, wrong.length, doubled.length, inside, uncertain.length]
}

test('who was told once what is so in the end was told well', () => {
  assert.deepEqual(counts(seen([said])), [0, 0, 0, 0, 0])
  assert.deepEqual(counts(seen([saidMiddle, thenFinal])), [0, 0, 0, 0, 0])
})

test('who was told nothing of what moved is lost', () => {
  assert.deepEqual(counts(seen([])), [1, 0, 0, 0, 0])
})

test('a mail that nobody got is forgiven only where it may have gone, and its notice says so', () => {
  const text = textOf(title, final)
  const uncertain = noticeOf('one@example.com', { window: true, reason: 'it may have been sent', text })
  assert.deepEqual(counts(seen([], { notices: [uncertain] })), [0, 0, 0, 0, 1])
  assert.deepEqual(counts(seen([], { notices: [{ ...uncertain, window: false }] })), [2, 0, 0, 0, 0])
  assert.deepEqual(counts(seen([], { notices: [{ ...uncertain, reason: null }] })), [2, 0, 0, 0, 0])
  const overtaken = { ...uncertain, text: textOf(title, middle) }
  assert.deepEqual(counts(seen([], { notices: [overtaken] })), [1, 0, 0, 0, 0], 'and nobody told what came after it')
})

test('a notice that may have gone excuses nothing of the order’s other lines', () => {
  const elsewhere = 'day:2001-01-01'
  const lines = [lineOf('1', code, first), lineOf('2', other[0], elsewhere)]
  const orders = [{ number: '1', email: said.to, language: 'en' as const, lines }]
  const mayHaveGone = { window: true, reason: 'it may have been sent', text: textOf(title, final) }
  const uncertain = noticeOf('one@example.com', mayHaveGone)
  assert.deepEqual(counts(seen([], { orders, notices: [uncertain] })), [1, 0, 0, 0, 1])
  const toldTwice = [other[1], other[1]].map((now, i) => ({
    ...said,
    messageId: `other-${i}@example.com`,
    news: [{ title: otherTitle, before: i === 0 ? elsewhere : now, now }],
  }))
  const notices = [uncertain, ...toldTwice.map(({ messageId }) => noticeOf(messageId))]
  assert.deepEqual(counts(seen(toldTwice, { orders, notices })), [0, 0, 1, 0, 1])
})

test('after a notice that may have gone the next one names no old value, and says what is new', () => {
  const uncertain = noticeOf('one@example.com', { window: true, reason: 'moved', text: textOf(title, middle) })
  const notices = [uncertain, noticeOf('two@example.com')]
  const silent = { ...thenFinal, news: [{ title, before: null, now: final }] }
  assert.deepEqual(counts(seen([silent], { notices })), [0, 0, 0, 0, 0])
  assert.deepEqual(counts(seen([thenFinal], { notices })), [0, 1, 0, 0, 0])
  const same = { ...thenFinal, at: ended(stepTwo), news: [{ title, before: null, now: middle }] }
  assert.deepEqual(counts(seen([same], { notices })), [1, 0, 1, 0, 0])
})

test('the same mail twice is doubled, but for the window of its notice and to the byte', () => {
  const notices = [noticeOf('one@example.com', { window: true })]
  assert.deepEqual(counts(seen([said, said])), [0, 0, 1, 0, 0])
  assert.deepEqual(counts(seen([said, said], { notices })), [0, 0, 0, 1, 0])
  assert.deepEqual(counts(seen([said, { ...said, raw: 'another' }], { notices })), [0, 0, 1, 0, 0])
})

test('the same news in another mail is doubled', () => {
  const again = { ...said, messageId: 'two@example.com', news: [{ title, before: final, now: final }] }
  assert.deepEqual(counts(seen([said, again])), [0, 0, 1, 0, 0])
})

test('the old value told as new is told again, and the new one is lost', () => {
  const old = { ...said, at: ended(1), news: [{ title, before: first, now: first }] }
  assert.deepEqual(counts(seen([old])), [1, 0, 1, 0, 0])
})

test('a value that no accepted run had read before is wrong', () => {
  assert.deepEqual(counts(seen([{ ...said, at: ended(stepTwo) }])), [0, 1, 0, 0, 0])
  const made = { ...said, news: [{ title, before: first, now: 'day:2001-01-01' }] }
  assert.deepEqual(counts(seen([made])), [1, 1, 0, 0, 0])
})

const middleAt = (at: number): Mail[] => [
  { ...saidMiddle, at },
  { ...thenFinal, at: at + 1 },
]

test('a value that a later run had replaced is wrong, but for a mail under way', () => {
  assert.deepEqual(counts(seen(middleAt(ended(calmOne) + 10 * aSecond))), [0, 0, 0, 0, 0])
  const late = ended(calmOne) + 20 * aSecond
  assert.deepEqual(counts(seen(middleAt(late))), [0, 1, 0, 0, 0])
  const freezes = [{ from: late - 8 * aSecond, to: late - 2 * aSecond }]
  assert.deepEqual(
    counts(seen(middleAt(late), { freezes })),
    [0, 0, 0, 0, 0],
    'a frozen notifier has it under way longer',
  )
  assert.deepEqual(counts(seen(middleAt(late + minute), { freezes })), [0, 1, 0, 0, 0], 'yet not for ever')
})

test('a value said to be so still is wrong where it is not so any more, and what was told says nothing of that', () => {
  const lines = [lineOf('1', code, first), lineOf('2', other[0], other[1])]
  const orders = [{ number: '1', email: said.to, language: 'en' as const, lines }]
  const unchanged = [{ title: otherTitle, value: other[1] }]
  assert.deepEqual(counts(seen([{ ...said, unchanged }], { orders })), [0, 0, 0, 0, 0])
  const old = {
    ...said,
    news: [{ title: otherTitle, before: null, now: other[1] }],
    unchanged: [{ title, value: first }],
  }
  assert.deepEqual(check(seen([old], { orders })).wrong.length, 1)
})

test('a value that was read once counts for nobody where the supplier wants a second reading', () => {
  const confirming = new Set(['supplier-1'])
  const once = { confirming, runs: [1, stepOne, calmOne, calmTwo].map(run) }
  const twice = { confirming, runs: [1, stepOne, stepTwo, calmOne, calmTwo].map(run) }
  const between = { ...saidMiddle, at: ended(stepTwo) + aSecond }
  assert.deepEqual(counts(seen([between, thenFinal], once)), [0, 1, 0, 0, 0])
  assert.deepEqual(counts(seen([between, thenFinal], twice)), [0, 0, 0, 0, 0])
  const early = { ...saidMiddle, at: ended(stepOne) + aSecond }
  assert.deepEqual(counts(seen([early, thenFinal], twice)), [0, 1, 0, 0, 0])
  const beside = { ...saidMiddle, at: ended(calmOne) + minute / 2 }
  assert.deepEqual(counts(seen([beside, thenFinal], twice)), [0, 1, 0, 0, 0], 'nothing is told beside what is pending')
})

test('mails of an order come in the order of its notices, and each has one that was sent', () => {
  const early = { ...thenFinal, at: saidMiddle.at - aSecond }
  assert.ok(counts(seen([early, saidMiddle], { notices: noticesOf(saidMiddle, early) }))[1])
  const [window, sent] = noticesOf(saidMiddle, thenFinal)
  assert.ok(window && sent)
  const late = { ...saidMiddle, at: ended(calmOne) + 2 * aSecond }
  const earlier = { ...thenFinal, at: ended(calmOne) + aSecond }
  assert.deepEqual(counts(seen([earlier, late], { notices: [window, sent] })), [0, 1, 0, 0, 0])
  assert.deepEqual(counts(seen([earlier, late], { notices: [{ ...window, window: true }, sent] })), [0, 0, 0, 0, 0])
  assert.deepEqual(counts(seen([said], { notices: [] })), [1, 1, 0, 0, 0])
  const superseded = [noticeOf('one@example.com', { state: 'superseded' })]
  assert.deepEqual(counts(seen([said], { notices: superseded })), [0, 1, 0, 0, 0])
})

test('a mail to somebody else, or that the script has no meaning for, is wrong', () => {
  assert.deepEqual(counts(seen([{ ...said, to: 'other@example.com' }])), [0, 1, 0, 0, 0])
  assert.deepEqual(counts(seen([{ ...said, strange: ['soon'] }])), [0, 1, 0, 0, 0])
})

function noticesOf(...mails: Mail[]): NoticeSeen[] {
  return mails.map(({ messageId }) => noticeOf(messageId))
}

/** A mail's text, in which a month or a day is said in English. */
function textOf(of: string, value: Value): string {
  return `\n* ${of}\n  Now: ${wordsOf(value)}\n`
}

function wordsOf(value: Value): string {
  const names = 'January February March April May June July August September October November December'.split(' ')
  const [kind, date = ''] = value.split(':')
  const [year, second = 1, day] = date.split('-').map(Number)
  switch (kind) {
    case 'day':
      return `${day} ${names[second - 1]} ${year}`
    case 'month':
      return `${names[second - 1]} ${year}`
    case 'quarter':
      return `${['1st', '2nd', '3rd', '4th'][second - 1]} quarter of ${year}`
    default:
      return { 'on-request': 'date not known yet', 'in-stock': 'in stock at our supplier' }[value] ?? value
  }
}
