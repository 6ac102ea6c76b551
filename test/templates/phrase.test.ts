import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '#test/support/fast-check.ts'
import type { Availability, Expected } from '#core/domain/availability.ts'
import { Precision, sameAvailability } from '#core/domain/availability.ts'
import type { MailLanguage } from '#core/domain/language.ts'
import { mailLanguages } from '#core/domain/language.ts'
import { expected } from '#templates/examples.ts'
import { sayAvailability, sentence } from '#templates/phrase.ts'

type Case = [availability: Availability, alone: string, inSentence: string]

const czech: Case[] = [
  [expected('2026-12-15', '2026-12-15', 'day'), '15. prosince 2026', 'Zboží očekáváme 15. prosince 2026.'],
  [
    expected('2027-01-15', '2027-01-15', 'day', 'from'),
    'od 15. ledna 2027',
    'Zboží očekáváme nejdříve 15. ledna 2027.',
  ],
  [
    expected('2027-01-15', '2027-01-15', 'day', 'about'),
    'cca 15. ledna 2027',
    'Zboží očekáváme přibližně 15. ledna 2027.',
  ],
  [
    expected('2026-11-23', '2026-11-29', 'week'),
    '48. týden 2026',
    'Zboží očekáváme v týdnu od 23. do 29. listopadu 2026.',
  ],
  [
    expected('2026-12-28', '2027-01-03', 'week'),
    '53. týden 2026',
    'Zboží očekáváme v týdnu od 28. prosince 2026 do 3. ledna 2027.',
  ],
  [expected('2026-12-01', '2026-12-10', 'third'), 'začátek prosince 2026', 'Zboží očekáváme na začátku prosince 2026.'],
  [
    expected('2026-12-11', '2026-12-20', 'third'),
    'polovina prosince 2026',
    'Zboží očekáváme v polovině prosince 2026.',
  ],
  [expected('2026-12-21', '2026-12-31', 'third'), 'konec prosince 2026', 'Zboží očekáváme na konci prosince 2026.'],
  [
    expected('2027-01-11', '2027-01-20', 'third', 'from'),
    'od poloviny ledna 2027',
    'Zboží očekáváme nejdříve v polovině ledna 2027.',
  ],
  [expected('2026-12-01', '2026-12-31', 'month'), 'prosinec 2026', 'Zboží očekáváme v prosinci 2026.'],
  [
    expected('2026-12-01', '2026-12-31', 'month', 'from'),
    'od prosince 2026',
    'Zboží očekáváme nejdříve v prosinci 2026.',
  ],
  [expected('2026-10-01', '2026-12-31', 'quarter'), '4. čtvrtletí 2026', 'Zboží očekáváme ve 4. čtvrtletí 2026.'],
  [expected('2027-01-01', '2027-03-31', 'quarter'), '1. čtvrtletí 2027', 'Zboží očekáváme v 1. čtvrtletí 2027.'],
  [expected('2027-01-01', '2027-06-30', 'half'), '1. pololetí 2027', 'Zboží očekáváme v 1. pololetí 2027.'],
  [expected('2027-07-01', '2027-12-31', 'half'), '2. pololetí 2027', 'Zboží očekáváme ve 2. pololetí 2027.'],
  [expected('2027-03-01', '2027-05-31', 'season'), 'jaro 2027', 'Zboží očekáváme na jaře 2027.'],
  [expected('2027-06-01', '2027-08-31', 'season'), 'léto 2027', 'Zboží očekáváme v létě 2027.'],
  [expected('2027-09-01', '2027-11-30', 'season'), 'podzim 2027', 'Zboží očekáváme na podzim 2027.'],
  [expected('2026-12-01', '2027-02-28', 'season'), 'zima 2026/2027', 'Zboží očekáváme v zimě 2026/2027.'],
  [expected('2027-01-01', '2027-12-31', 'year'), 'rok 2027', 'Zboží očekáváme v roce 2027.'],
  [
    expected('2026-12-05', '2026-12-12', 'range'),
    '5.–12. prosince 2026',
    'Zboží očekáváme mezi 5. a 12. prosincem 2026.',
  ],
  [
    expected('2026-11-30', '2026-12-06', 'range'),
    '30. listopadu – 6. prosince 2026',
    'Zboží očekáváme mezi 30. listopadem a 6. prosincem 2026.',
  ],
  [
    expected('2026-12-28', '2027-01-08', 'range', 'about'),
    'cca 28. prosince 2026 – 8. ledna 2027',
    'Zboží očekáváme přibližně mezi 28. prosincem 2026 a 8. lednem 2027.',
  ],
  [
    expected('2027-01-01', '2027-04-30', 'range'),
    'leden–duben 2027',
    'Zboží očekáváme v období od ledna do dubna 2027.',
  ],
  [
    expected('2026-11-01', '2027-02-28', 'range'),
    'listopad 2026 – únor 2027',
    'Zboží očekáváme v období od listopadu 2026 do února 2027.',
  ],
  [{ kind: 'in-stock' }, 'skladem u dodavatele', 'Zboží už má náš dodavatel skladem, k nám zatím nedorazilo.'],
  [{ kind: 'on-request' }, 'termín zatím není znám', 'Termín dodání zatím není znám.'],
  [{ kind: 'sold-out' }, 'vyprodáno', 'Zboží je u dodavatele vyprodané.'],
  [{ kind: 'discontinued' }, 'už se nedodává', 'Zboží se už nedodává.'],
]

const english: Case[] = [
  [expected('2026-12-15', '2026-12-15', 'day'), '15 December 2026', 'We expect this item on 15 December 2026.'],
  [
    expected('2027-01-15', '2027-01-15', 'day', 'from'),
    'from 15 January 2027',
    'We expect this item on 15 January 2027 at the earliest.',
  ],
  [
    expected('2027-01-15', '2027-01-15', 'day', 'about'),
    'about 15 January 2027',
    'We expect this item around 15 January 2027.',
  ],
  [
    expected('2026-11-23', '2026-11-29', 'week'),
    'week 48 2026',
    'We expect this item in the week of 23–29 November 2026.',
  ],
  [expected('2026-12-01', '2026-12-10', 'third'), 'early December 2026', 'We expect this item in early December 2026.'],
  [expected('2026-12-11', '2026-12-20', 'third'), 'mid-December 2026', 'We expect this item in mid-December 2026.'],
  [expected('2026-12-21', '2026-12-31', 'third'), 'late December 2026', 'We expect this item in late December 2026.'],
  [expected('2026-12-01', '2026-12-31', 'month'), 'December 2026', 'We expect this item in December 2026.'],
  [
    expected('2026-10-01', '2026-12-31', 'quarter'),
    '4th quarter 2026',
    'We expect this item in the 4th quarter of 2026.',
  ],
  [expected('2027-01-01', '2027-06-30', 'half'), '1st half 2027', 'We expect this item in the 1st half of 2027.'],
  [expected('2027-03-01', '2027-05-31', 'season'), 'spring 2027', 'We expect this item in spring 2027.'],
  [expected('2026-12-01', '2027-02-28', 'season'), 'winter 2026/2027', 'We expect this item in winter 2026/2027.'],
  [expected('2027-01-01', '2027-12-31', 'year'), '2027', 'We expect this item in 2027.'],
  [
    expected('2026-12-05', '2026-12-12', 'range'),
    '5–12 December 2026',
    'We expect this item between 5 and 12 December 2026.',
  ],
  [
    expected('2026-11-30', '2026-12-06', 'range', 'about'),
    'about 30 November – 6 December 2026',
    'We expect this item roughly between 30 November and 6 December 2026.',
  ],
  [
    expected('2026-12-28', '2027-01-08', 'range'),
    '28 December 2026 – 8 January 2027',
    'We expect this item between 28 December 2026 and 8 January 2027.',
  ],
  [
    expected('2027-01-01', '2027-04-30', 'range'),
    'January–April 2027',
    'We expect this item between January and April 2027.',
  ],
  [{ kind: 'in-stock' }, 'in stock at our supplier', 'Our supplier has this item in stock; it has not reached us yet.'],
  [{ kind: 'on-request' }, 'date not known yet', 'The delivery date is not known yet.'],
  [{ kind: 'sold-out' }, 'sold out', 'This item is sold out at our supplier.'],
  [{ kind: 'discontinued' }, 'discontinued', 'This item is no longer supplied.'],
]

const cases: Record<MailLanguage, Case[]> = { cs: czech, en: english }

for (const language of mailLanguages) {
  for (const [availability, alone, inSentence] of cases[language]) {
    test(`${language} says "${alone}", and in a sentence "${inSentence}"`, () => {
      assert.equal(sayAvailability(availability, language), alone)
      assert.equal(sentence(availability, language), inSentence)
    })
  }
}

test('each Czech month is said in the right cases', () => {
  const said = Array.from({ length: 12 }, (_, month) => {
    const from = `2027-${String(month + 1).padStart(2, '0')}-01`
    const to = new Date(Date.UTC(2027, month + 1, 0)).toISOString().slice(0, 10)
    const days = expected(from, `${from.slice(0, 8)}05`, 'range')
    return `${sentence(expected(from, to, 'month'), 'cs').slice(16)} ${sentence(days, 'cs').slice(16)}`
  })
  assert.deepEqual(said, [
    'v lednu 2027. mezi 1. a 5. lednem 2027.',
    'v únoru 2027. mezi 1. a 5. únorem 2027.',
    'v březnu 2027. mezi 1. a 5. březnem 2027.',
    'v dubnu 2027. mezi 1. a 5. dubnem 2027.',
    'v květnu 2027. mezi 1. a 5. květnem 2027.',
    'v červnu 2027. mezi 1. a 5. červnem 2027.',
    'v červenci 2027. mezi 1. a 5. červencem 2027.',
    'v srpnu 2027. mezi 1. a 5. srpnem 2027.',
    'v září 2027. mezi 1. a 5. zářím 2027.',
    'v říjnu 2027. mezi 1. a 5. říjnem 2027.',
    'v listopadu 2027. mezi 1. a 5. listopadem 2027.',
    'v prosinci 2027. mezi 1. a 5. prosincem 2027.',
  ])
})

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
