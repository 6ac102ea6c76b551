import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '#test/support/fast-check.ts'
import type { Availability, Expected } from '#core/domain/availability.ts'
import { sameAvailability } from '#core/domain/availability.ts'
import { changeKind, changeKinds } from '#core/domain/change.ts'

const inStock: Availability = { kind: 'in-stock' }
const onRequest: Availability = { kind: 'on-request' }
const soldOut: Availability = { kind: 'sold-out' }
const discontinued: Availability = { kind: 'discontinued' }
const expected = (from: string, to = from): Expected => ({
  kind: 'expected',
  from,
  to,
  precision: from === to ? 'day' : 'range',
})

/** Every kind of pair by what RULES section 3 says of it; null is "no change". */
const pairs: [Availability, Availability, ReturnType<typeof changeKind>][] = [
  [inStock, inStock, null],
  [{ kind: 'in-stock', quantity: 5 }, { kind: 'in-stock', quantity: 4 }, null],
  [inStock, expected('2027-01-01'), 'delayed'],
  [inStock, onRequest, 'undated'],
  [inStock, soldOut, 'sold-out'],
  [inStock, discontinued, 'discontinued'],
  [expected('2027-01-01'), inStock, 'arrived'],
  [expected('2027-01-01'), expected('2027-01-01'), null],
  [expected('2027-01-01'), { ...expected('2027-01-01'), precision: 'range', mark: 'about' }, null],
  [expected('2027-01-01'), expected('2027-01-02'), 'delayed'],
  [expected('2027-01-01', '2027-01-31'), expected('2027-01-01', '2027-02-28'), 'delayed'],
  [expected('2027-01-02'), expected('2027-01-01'), 'earlier'],
  [expected('2027-01-10', '2027-01-20'), expected('2027-01-01', '2027-01-20'), 'earlier'],
  [expected('2027-01-10', '2027-01-20'), expected('2027-01-09', '2027-01-21'), 'widened'],
  [expected('2027-01-01', '2027-01-31'), expected('2027-01-15'), 'refined'],
  [expected('2027-01-01', '2027-01-31'), expected('2027-01-01'), 'refined'],
  [expected('2027-01-01'), onRequest, 'undated'],
  [expected('2027-01-01'), soldOut, 'sold-out'],
  [expected('2027-01-01'), discontinued, 'discontinued'],
  [onRequest, inStock, 'arrived'],
  [onRequest, expected('2027-01-01'), 'dated'],
  [onRequest, onRequest, null],
  [onRequest, soldOut, 'sold-out'],
  [onRequest, discontinued, 'discontinued'],
  [soldOut, inStock, 'arrived'],
  [soldOut, expected('2027-01-01'), 'back'],
  [soldOut, onRequest, 'back'],
  [soldOut, soldOut, null],
  [soldOut, discontinued, 'discontinued'],
  [discontinued, inStock, 'arrived'],
  [discontinued, expected('2027-01-01'), 'back'],
  [discontinued, onRequest, 'back'],
  [discontinued, soldOut, 'sold-out'],
  [discontinued, discontinued, null],
]

test('each pair of availabilities is the kind of change that the rules name', () => {
  for (const [before, after, kind] of pairs) {
    assert.equal(changeKind(before, after), kind, `${JSON.stringify(before)} to ${JSON.stringify(after)}`)
  }
})

test('the pairs walk every kind of availability against every other, and meet every kind of change', () => {
  const walked = new Set(pairs.map(([before, after]) => `${before.kind} ${after.kind}`))
  assert.equal(walked.size, 25)
  assert.deepEqual(new Set(pairs.flatMap(([, , kind]) => kind ?? [])), new Set(changeKinds))
})

const dayNumber = fc.integer({ min: 0, max: 60 })
const day = (n: number) => new Date(Date.UTC(2027, 0, 1 + n)).toISOString().slice(0, 10)
const anyExpected = fc
  .tuple(dayNumber, dayNumber, fc.constantFrom('day', 'week', 'month', 'range'))
  .map(([a, b, precision]): Expected => ({
    kind: 'expected',
    from: day(Math.min(a, b)),
    to: day(Math.max(a, b)),
    precision: precision as Expected['precision'],
  }))
const anyAvailability: fc.Arbitrary<Availability> = fc.oneof(
  anyExpected,
  fc.constantFrom(onRequest, soldOut, discontinued, inStock),
  fc.integer({ min: 1, max: 99 }).map((quantity): Availability => ({ kind: 'in-stock', quantity })),
)

test('there is a change exactly where two availabilities are not the same for a customer', () => {
  fc.assert(
    fc.property(anyAvailability, anyAvailability, (before, after) => {
      assert.equal(changeKind(before, after) === null, sameAvailability(before, after))
      assert.equal(sameAvailability(before, after), sameAvailability(after, before))
    }),
    { numRuns: 2_000 },
  )
})

test('between dates, a delay seen backwards is never a delay, and what is refined one way is widened or moved back the other', () => {
  const backwards: Record<string, string[]> = {
    delayed: ['earlier', 'refined'],
    earlier: ['delayed', 'refined'],
    widened: ['refined'],
    refined: ['widened', 'delayed', 'earlier'],
  }
  fc.assert(
    fc.property(anyExpected, anyExpected, (before, after) => {
      const there = changeKind(before, after)
      const back = changeKind(after, before)
      if (there === null) assert.equal(back, null)
      else assert.ok(back !== null && backwards[there]?.includes(back), `${there} backwards is ${back}`)
    }),
    { numRuns: 2_000 },
  )
})

test('the end of a delay is later, and nothing inside what was said is ever called a delay', () => {
  fc.assert(
    fc.property(anyExpected, anyExpected, (before, after) => {
      const kind = changeKind(before, after)
      if (kind === 'delayed') assert.ok(after.to > before.to && after.from >= before.from)
      if (kind === 'refined') assert.ok(after.from >= before.from && after.to <= before.to)
    }),
    { numRuns: 2_000 },
  )
})
