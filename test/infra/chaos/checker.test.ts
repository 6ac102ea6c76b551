import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Seen } from '#infra/chaos/checker.ts'
import { check } from '#infra/chaos/checker.ts'
import type { Mail } from '#infra/chaos/mails.ts'
import { suppliersOf, titleOf, walkOf } from '#infra/chaos/script.ts'

const plan = { seed: 7, suppliers: 1, items: 40, orders: 1 }
const suppliers = suppliersOf(plan)
const [supplier] = suppliers
assert.ok(supplier)
const walk = walkOf(plan, supplier)
const last = 30
const [code, first, final] = movedItem()
const title = titleOf(code)

/** An item that is one thing in the first run, and another in the last. */
function movedItem(): [string, string, string] {
  for (const [one, value] of walk.valuesAt(last)) {
    const before = walk.valuesAt(1).get(one)
    if (before !== undefined && before !== value && before !== 'in-stock') return [one, before, value]
  }
  throw new Error('nothing moved')
}

const said: Mail = {
  id: 'm1',
  to: 'customer-1@example.com',
  order: '1',
  messageId: 'one@example.com',
  at: 10_000,
  raw: 'the mail',
  news: [{ title, before: first, now: final }],
  unchanged: [],
  strange: [],
}

function seen(mails: Mail[], notices: Partial<Seen['stored'][number]['notices'][number]>[] = []): Seen {
  const run = (number: number) => ({
    supplier: supplier?.id ?? '',
    number,
    state: 'accepted',
    requestedAt: new Date(number).toISOString(),
  })
  const notice = { id: '1/1', state: 'sent', messageId: '<one@example.com>', window: false, reason: null }
  return {
    plan,
    suppliers,
    mails,
    orders: [
      {
        number: '1',
        email: said.to,
        language: 'en',
        lines: [{ id: '1', supplier: supplier?.id ?? '', code, told: first, toldAs: first }],
      },
    ],
    runs: [run(1), run(last + 1)],
    stored: [{ number: '1', notices: notices.map((one) => ({ ...notice, ...one })) }],
    baselineUpTo: new Map([[supplier?.id ?? '', 1]]),
    calmAfter: new Map([[supplier?.id ?? '', last]]),
    moved: new Map(),
  }
}

function counts(given: Seen): number[] {
  const { lost, wrong, doubled, inside, uncertain } = check(given)
  return [lost.length, wrong.length, doubled.length, inside, uncertain.length]
}

test('who was told once what is so in the end was told well', () => {
  assert.deepEqual(counts(seen([said])), [0, 0, 0, 0, 0])
})

test('who was told nothing of what moved is lost', () => {
  assert.deepEqual(counts(seen([])), [1, 0, 0, 0, 0])
})

test('a mail that nobody got is forgiven only where it may have gone, and its notice says so', () => {
  assert.deepEqual(counts(seen([], [{ window: true }])), [0, 0, 0, 0, 1])
  assert.deepEqual(counts(seen([], [{ window: false }])), [1, 0, 0, 0, 0])
})

test('the same mail twice is doubled, but for the window of its notice and to the byte', () => {
  assert.deepEqual(counts(seen([said, said], [{}])), [0, 0, 1, 0, 0])
  assert.deepEqual(counts(seen([said, said], [{ window: true }])), [0, 0, 0, 1, 0])
  assert.deepEqual(counts(seen([said, { ...said, raw: 'another' }], [{ window: true }])), [0, 0, 1, 0, 0])
})

test('the same news in another mail is doubled', () => {
  const again = { ...said, messageId: 'two@example.com', news: [{ title, before: final, now: final }] }
  assert.deepEqual(counts(seen([said, again])), [0, 0, 1, 0, 0])
})

test('the old value told as new is wrong to nobody, but it is told again, and the new one is lost', () => {
  assert.deepEqual(counts(seen([{ ...said, news: [{ title, before: first, now: first }] }])), [1, 0, 1, 0, 0])
})

test('a value that no accepted run had read before is wrong', () => {
  assert.deepEqual(counts(seen([{ ...said, at: 0 }])), [0, 1, 0, 0, 0])
  const made = { ...said, news: [{ title, before: first, now: 'day:2001-01-01' }] }
  assert.deepEqual(counts(seen([made])), [1, 1, 0, 0, 0])
})

test('a mail to somebody else, or that the script has no meaning for, is wrong', () => {
  assert.deepEqual(counts(seen([{ ...said, to: 'other@example.com' }])), [0, 1, 0, 0, 0])
  assert.deepEqual(counts(seen([{ ...said, strange: ['soon'] }])), [0, 1, 0, 0, 0])
})
