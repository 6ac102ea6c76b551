import type { Day } from '#core/domain/availability.ts'

type Texts = readonly [string, string, ...string[]]

/** How a portal's language says what the moods make it say. */
export type Tongue = {
  day(day: Day): string
  month(day: Day): string
  quarter(day: Day): string
  /** The text with each whole date moved by so many days; other texts as they are. */
  shift(text: string, days: number): string
  /** The text with day and month of each whole date changed over. */
  flip(text: string): string
  relative: Texts
  unreadable: Texts
  onlyLikeDates: Texts
  unknownStatus: string
  discontinued: string
  otherTitle: string
  otherCompany: string
  /** Headers: of the dates under another name, of a column that is new, of a second one for dates. */
  renamed: string
  added: string
  second: string
  heading: string
  loading: string
  offer: string
  newPassword: string
}
