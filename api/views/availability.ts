import { z } from 'zod'
import { Availability as Plain } from '#core/domain/availability.ts'
import type { Value } from '#core/domain/item.ts'
import type { MailLanguage } from '#core/domain/language.ts'
import { sentence } from '#templates/phrase.ts'
import { Moment, moment } from './moment.ts'

export const Availability = Plain.meta({
  id: 'Availability',
  description:
    'What a supplier says of an item. `expected` is an interval of calendar days, both ends included, with the precision that the supplier gave.',
  examples: [{ kind: 'expected', from: '2027-01-11', to: '2027-01-20', precision: 'third' }],
})

export const Sentence = z.string().meta({
  description: 'The same in words for people',
  examples: ['Our supplier expects this item in mid-January 2027.'],
})

export const Texts = z.record(z.string(), z.string()).meta({
  description: 'The words that it was read from, by column',
  examples: [{ dostupnost: 'polovina ledna 2027' }],
})

export const ValueView = z
  .intersection(
    Availability,
    z.object({
      texts: Texts,
      since: Moment.meta({ description: 'Since when it is so' }),
      run: z.string().meta({ description: 'The run that brought it' }),
      sentence: Sentence,
    }),
  )
  .meta({ id: 'Value', description: 'A value that an item has or had' })
export type ValueView = z.infer<typeof ValueView>

/** Not `.nullable()`: that would make every mention of a value in the document one that may be null. */
export const ValueOrNull = z.union([ValueView, z.null()])

export function viewValue(value: Value, language: MailLanguage): ValueView {
  const { availability, texts, since, run } = value
  return { ...availability, texts, since: moment(since), run, sentence: sentence(availability, language) }
}
