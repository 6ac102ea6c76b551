import type { Availability, Expected } from '#core/domain/availability.ts'
import type { MailLanguage } from '#core/domain/language.ts'
import { sayablePrecision } from './calendar.ts'
import type { DateForms, Phrases } from './language.ts'
import { phrasesOf } from './languages.ts'

/** A few words that stand alone: "polovina ledna 2027", "skladem u dodavatele". */
export function sayAvailability(availability: Availability, language: MailLanguage): string {
  const phrases = phrasesOf[language]
  if (availability.kind !== 'expected') return phrases.states[availability.kind]
  const forms = formsOf(availability, phrases)
  return availability.mark ? phrases.marks[availability.mark].alone(forms) : forms.alone
}

/** A full sentence: "Zboží očekáváme v polovině ledna 2027." */
export function sentence(availability: Availability, language: MailLanguage): string {
  const phrases = phrasesOf[language]
  if (availability.kind !== 'expected') return phrases.sentences[availability.kind]
  const forms = formsOf(availability, phrases)
  return phrases.sentences.expected(availability.mark ? phrases.marks[availability.mark].when(forms) : forms.when)
}

function formsOf(expected: Expected, phrases: Phrases): DateForms {
  return phrases.dates[sayablePrecision(expected)](expected)
}
