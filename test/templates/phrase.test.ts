import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '#test/support/fast-check.ts'
import type { Expected } from '#core/domain/availability.ts'
import { Precision, sameAvailability } from '#core/domain/availability.ts'
import { mailLanguages } from '#core/domain/language.ts'
import { expected } from '#templates/examples.ts'
import { sayAvailability, sentence } from '#templates/phrase.ts'

// How each form is worded is read in `letters/`.
const intervals: fc.Arbitrary<Expected> = fc
  .record({
    start: fc.integer({ min: 0, max: 1200 }),
    length: fc.integer({ min: 0, max: 400 }),
    precision: fc.constantFrom(...Precision.options),
    mark: fc.constantFrom(undefined, 'from' as const, 'about' as const),
  })
  .map(({ start, length, precision, mark }) => expected(dayAt(start), dayAt(start + length), precision, mark))

function dayAt(offset: number): string {
  return new Date(Date.UTC(2026, 0, 1) + offset * 86_400_000).toISOString().slice(0, 10)
}

for (const language of mailLanguages) {
  test(`two intervals that differ for a customer never read the same in ${language}`, () => {
    const seen = new Map<string, Expected>()
    fc.assert(
      fc.property(intervals, (interval) => {
        const said = sayAvailability(interval, language)
        const other = seen.get(said) ?? interval
        seen.set(said, interval)
        assert.ok(sameAvailability(other, interval), `${said}: ${JSON.stringify([other, interval])}`)
      }),
      { numRuns: 5000 },
    )
  })

  test(`whatever the interval, ${language} finds all of its words`, () => {
    fc.assert(
      fc.property(intervals, (interval) => {
        const said = `${sayAvailability(interval, language)} | ${sentence(interval, language)}`
        assert.doesNotMatch(said, /undefined|NaN|null| {2}| \.|\.\./)
      }),
    )
  })
}
