import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { DueRules } from '#core/domain/due-time.ts'
import { dueTime, lastMailAt, mayLeaveAt } from '#core/domain/due-time.ts'
import type { LineState } from '#core/domain/line-state.ts'
import type { NewsKind } from '#core/domain/news.ts'
import { newsKinds } from '#core/domain/news.ts'
import type { Policy } from '#core/domain/policy.ts'
import { defaultPolicy } from '#core/domain/policy.ts'
import { isQuiet } from '#core/domain/quiet-hours.ts'

const since = '2026-11-27T09:00:00Z'
const yesterday = '2026-11-26T14:00:00Z'

type Case = [what: string, kinds: NewsKind[], last: string | null, policy: Partial<Policy>, due: string]
const cases: Case[] = [
  ['bad news is collected', ['delayed'], null, {}, '2026-11-27T11:00:00Z'],
  ['good news goes at once', ['earlier'], null, {}, since],
  ['good news is collected where the shop wants it', ['earlier'], null, { goodNews: 'digest' }, '2026-11-27T11:00:00Z'],
  ['so is an arrival', ['arrived'], null, { goodNews: 'digest' }, '2026-11-27T11:00:00Z'],
  ['a correction never is', ['correction'], null, { goodNews: 'digest' }, since],
  ['the most urgent of the news counts', ['delayed', 'dated'], null, {}, since],
  ['no window, no wait', ['delayed'], null, { digestHours: 0 }, since],
  ['a second mail waits until a day is over', ['delayed'], yesterday, {}, '2026-11-27T14:00:00Z'],
  ['good news waits for it too', ['earlier'], yesterday, {}, '2026-11-27T14:00:00Z'],
  ['an arrival does not', ['arrived'], yesterday, {}, since],
  ['nor does what comes with it', ['arrived', 'delayed'], yesterday, {}, since],
  ['nor does a correction', ['correction'], yesterday, {}, since],
  ['no limit, no wait', ['earlier'], yesterday, { mailEveryHours: 0 }, since],
  ['a window that ends in the night', ['delayed'], null, { digestHours: 12 }, '2026-11-28T07:00:00Z'],
  ['a day that ends in the night', ['delayed'], '2026-11-26T19:30:00Z', {}, '2026-11-28T07:00:00Z'],
]
for (const [what, kinds, last, policy, due] of cases) {
  test(`due: ${what}`, () => {
    const given = rules(kinds, last === null ? null : new Date(last), { ...defaultPolicy, ...policy })
    assert.equal(dueTime(new Date(since), given).toISOString(), new Date(due).toISOString())
  })
}

test('even an arrival waits for the morning', () => {
  const night = new Date('2026-11-27T22:00:00Z')
  assert.equal(dueTime(night, rules(['arrived'])).toISOString(), '2026-11-28T07:00:00.000Z')
})

const moment = fc
  .integer({ min: Date.parse('2026-03-27'), max: Date.parse('2026-11-30') })
  .map((time) => new Date(time))
const situations = fc.record({
  at: moment,
  last: moment,
  some: fc.array(fc.constantFrom(...newsKinds), { minLength: 1, maxLength: 4 }),
  more: fc.constantFrom(...newsKinds),
  change: fc.record({
    digestHours: fc.integer({ min: 0, max: 48 }),
    mailEveryHours: fc.integer({ min: 0, max: 48 }),
    goodNews: fc.constantFrom('at-once' as const, 'digest' as const),
  }),
  timeZone: fc.constantFrom('Europe/Prague', 'Pacific/Kiritimati', 'America/St_Johns'),
})

test('news that joins a notice brings its time forward or leaves it, and never puts it off', () => {
  fc.assert(
    fc.property(situations, ({ at, last, some, more, change, timeZone }) => {
      const given = { ...rules(some, last, { ...defaultPolicy, ...change }), timeZone }
      assert.ok(dueTime(at, { ...given, kinds: [...some, more] }) <= dueTime(at, given))
    }),
  )
})

test('nothing is due before its difference stands, in the quiet hours, or within the day of another mail', () => {
  fc.assert(
    fc.property(situations, ({ at, last, some, change, timeZone }) => {
      const policy = { ...defaultPolicy, ...change }
      const given = { ...rules(some, last, policy), timeZone }
      for (const due of [dueTime(at, given), mayLeaveAt(at, given)]) {
        assert.ok(due >= at)
        assert.ok(policy.quiet && !isQuiet(due, policy.quiet, timeZone))
        const isFree = policy.mailEveryHours === 0 || some.includes('arrived') || some.includes('correction')
        assert.ok(isFree || due.getTime() >= last.getTime() + policy.mailEveryHours * 3_600_000)
      }
    }),
  )
})

test('the last mail of an order is the newest notice that told one of its lines', () => {
  assert.equal(lastMailAt({ '1': line('shop', since) }), null)
  const lines = {
    '1': line('notice', yesterday),
    '2': line('notice', since),
    '3': line('shop', '2027-01-01T00:00:00Z'),
  }
  assert.equal(lastMailAt(lines)?.toISOString(), new Date(since).toISOString())
})

function line(source: 'notice' | 'shop', at: string): LineState {
  const told = { value: { kind: 'on-request' as const }, source, at: new Date(at) }
  return { asked: 'item:acme/A', item: 'acme/A', told, waived: null, since: null }
}

function rules(some: NewsKind[], last: Date | null = null, policy: Policy = defaultPolicy): DueRules {
  return { kinds: some, lastMailAt: last, policy, timeZone: 'Europe/Prague' }
}
