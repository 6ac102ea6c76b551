import type { Availability, Expected } from '#core/domain/availability.ts'
import type { MailLanguage } from '#core/domain/language.ts'
import { sayablePrecision } from './calendar.ts'
import type { DateForms, Phrases } from './language.ts'
import { phrasesOf } from './languages.ts'

/** A few words that stand alone: "polovina ledna 2027", "skladem u dodavatele". */
export function sayAvailability(availability: Availability, language: MailLanguage): string {
  const phrases = phrasesOf[language]
  if (availability.kind !== 'expected') return phrases.states[availability.kind]
  return formsOf(availability, phrases)[standingAlone[availability.mark ?? 'none']]
}

/** A full sentence: "U dodavatele má být zboží v polovině ledna 2027." */
export function sentence(availability: Availability, language: MailLanguage): string {
  const phrases = phrasesOf[language]
  if (availability.kind !== 'expected') return phrases.sentences[availability.kind]
  return phrases.sentences.expected(formsOf(availability, phrases)[inSentence[availability.mark ?? 'none']])
}

type MarkOrNone = NonNullable<Expected['mark']> | 'none'
const standingAlone = { none: 'alone', from: 'since', about: 'circa' } as const satisfies Record<MarkOrNone, string>
const inSentence = { none: 'when', from: 'earliest', about: 'near' } as const satisfies Record<MarkOrNone, string>

function formsOf(expected: Expected, phrases: Phrases): DateForms {
  return phrases.dates[sayablePrecision(expected)](expected)
}
