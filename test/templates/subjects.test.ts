import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mailLanguages } from '#core/domain/language.ts'
import type { OtherLine } from '#core/domain/news.ts'
import { newsKinds } from '#core/domain/news.ts'
import { expected, newsOf, notice } from '#templates/examples.ts'
import { phrasesOf } from '#templates/languages.ts'
import { viewNotice } from '#templates/view.ts'

/** The dates that take the most words, with each mark. */
const longest = (['from', 'about'] as const).flatMap((mark) => [
  expected('2026-09-28', '2027-09-08', 'range', mark),
  expected('2026-09-01', '2027-10-31', 'range', mark),
  expected('2026-12-28', '2027-01-03', 'week', mark),
  expected('2026-12-01', '2027-02-28', 'season', mark),
  expected('2027-07-01', '2027-12-31', 'half', mark),
  expected('2027-09-11', '2027-09-20', 'third', mark),
])
const kinds = [...newsKinds.map((kind) => newsOf(kind)), newsOf('delayed', { again: true })]

for (const language of mailLanguages) {
  test(`a subject in ${language} says where only one item of several is meant`, () => {
    const poster = { line: '9', title: 'Poster', quantity: 1, availability: null }
    const subjectOf = (others: OtherLine[]) => viewNotice(notice({ language, news: [newsOf('arrived')], others }), { name: 'Figurkov' }).subject // prettier-ignore
    const [alone, one] = [subjectOf([]), subjectOf([poster])]
    assert.equal(one, alone.replace('10042', phrasesOf[language].ofOne('10042')))
    assert.notEqual(one, alone)
  })

  test(`no date makes a subject in ${language} longer than 90 characters`, () => {
    for (const line of kinds) {
      for (const now of longest) {
        const { subject } = viewNotice(notice({ language, news: [{ ...line, now }] }), { name: 'Figurkov' })
        assert.ok(subject.length <= 90, `${subject.length}: ${subject}`)
      }
    }
  })
}
