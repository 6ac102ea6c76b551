import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Availability } from '#core/domain/availability.ts'
import { changeKind } from '#core/domain/change.ts'
import { mailLanguages } from '#core/domain/language.ts'
import { expected, newsOf, notice } from '#templates/examples.ts'
import { phrasesOf } from '#templates/languages.ts'
import { moodOf } from '#templates/mood.ts'
import { sentence } from '#templates/phrase.ts'
import { viewNotice } from '#templates/view.ts'

/** "From 15 January" may be any day after it: never better, and never more exact, than what had an end. */
const from15 = expected('2027-01-15', '2027-01-15', 'day', 'from')
const moves: [string, Availability, Availability][] = [
  ['a later day', expected('2027-01-20', '2027-01-20', 'day'), from15],
  ['the month that holds it', expected('2027-01-01', '2027-01-31', 'month'), from15],
  ['a quarter', expected('2027-01-01', '2027-03-31', 'quarter'), expected('2027-01-01', '2027-01-31', 'month', 'from')],
]

for (const [what, told, now] of moves) {
  test(`where ${what} became an earliest date only, nobody is told that it comes earlier or is more exact`, () => {
    const kind = changeKind(told, now)
    assert.ok(kind !== null)
    const news = [newsOf(kind, { told, now })]
    assert.notEqual(moodOf(news), 'good')
    for (const language of mailLanguages) {
      const { kinds } = phrasesOf[language]
      const said = viewNotice(notice({ language, news }), { name: 'Figurkov' }).news[0]?.explanation
      for (const claim of ['earlier', 'refined'] as const)
        assert.notEqual(said, kinds[claim].explain(sentence(now, language)), language)
    }
  })
}

test('in Slovak "v" becomes "vo" before an f', () => {
  const february = expected('2027-02-01', '2027-02-28', 'month')
  assert.equal(sentence(february, 'sk'), 'U dodávateľa má byť tovar vo februári 2027.')
})
