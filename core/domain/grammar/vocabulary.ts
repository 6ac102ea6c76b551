/** Forms of a unit of time: those that follow "one" or an ordinal ("48. týden"), and those that follow other counts. */
export type Forms = { singular: string[]; plural: string[] }

/**
 * All that the grammar must know of one language. Each string is a word or a phrase in any case; "(a|b)" stands for
 * either, "(a|)" for a word that may be left out. Dots after words never matter, and hyphens between words may be blanks.
 */
export type Vocabulary = {
  /** For `Intl`, which gives the month names in the nominative, beside a day, and short. */
  locale: string
  /** How 3/4/2027 is read; `either` reads it only where both orders mean the same or one is impossible. */
  order: 'day-first' | 'month-first' | 'either'
  /** Dots make dates without a year ("15. 12.") and months ("12. 2026"), and Roman numerals number months. */
  dotted: boolean
  /** "December 15", and so "Dec 26" may be a day or a year. */
  dayAfterMonth: boolean
  /** How people write a word of this language where they have no keyboard for it. */
  withoutMarks: (word: string) => string
  /** Beyond the forms that `Intl` knows, January first. */
  months: string[][]
  /** Short months that are another word too, read only after a day or joined to a year: "15. pro 2026", "pro-26". */
  shyMonths: string[]
  /** Monday first; only those that can't be taken for another word ("po" is also "after"). */
  weekdays: string[][]
  seasons: { spring: string[]; summer: string[]; autumn: string[]; winter: string[] }
  parts: { early: string[]; mid: string[]; late: string[] }
  /** "half", which needs a first or second before it. */
  half: string[]
  units: Record<'day' | 'workday' | 'week' | 'month' | 'quarter' | 'half' | 'year', Forms>
  /** "24 hodin", "24h": only of how soon something at hand is sent. */
  hours: string[]
  /** Short signs before or after a number: "KW 48", "4Q", "H1". */
  signs: Record<'week' | 'quarter' | 'half', string[]>
  /** "first" to "fourth" in every form. */
  ordinals: string[][]
  /** "one", "two" … in every form. */
  counts: string[][]
  /** Directly after the digits of an ordinal: "15th". */
  ordinalEndings: string[]
  /** Directly after the digits of a count: "14ti". */
  countEndings: string[]
  /** Before a date and without a meaning of its own. */
  expected: string[]
  /** What the cell is about: "delivery", "release date"; may also stand before a status. */
  labels: string[]
  /** "Availability", of which "until March" may say the end. */
  lasting: string[]
  /** Mark `from`: "ab 15. 1.". */
  from: string[]
  /** Opens a range: "von … bis …"; a word that also marks a date alone is in `from` too. */
  rangeOpens: string[]
  /** Mark `from`, also after the date: "at the earliest". */
  earliest: string[]
  about: string[]
  until: string[]
  /** Until, and never said of how long something lasts: "available by March", but not "available until March". */
  by: string[]
  /** Until, also after the date: "at the latest". */
  latest: string[]
  at: string[]
  in: string[]
  within: string[]
  to: string[]
  and: string[]
  or: string[]
  between: string[]
  /** Articles, "of", "number": without a meaning of their own, between other words. */
  fillers: string[]
  /** This, next, and the one after next. */
  shifts: string[][]
  /** Today, tomorrow, the day after. */
  days: string[][]
  /** The week that begins on, or holds, the day that follows. */
  weekOf: string[]
  /** Another wording of a phrase of the same language: "Jahresende" is "Ende Jahr". */
  rewrites: Record<string, string>
  /** Adverbs that change nothing: "currently". */
  now: string[]
  /** What ended only for a while has not ended. */
  temporarily: string[]
  /** At hand; with a date, it is at hand from then. */
  stock: string[]
  /** At hand now: no date goes with it. */
  atOnce: string[]
  /** To be had; with a date, it is to be had from then. */
  available: string[]
  soldOut: string[]
  discontinued: string[]
  onRequest: string[]
  /** On request where it stands alone; how long it takes then may follow: "na objednávku, 2-3 týdny". */
  toOrder: string[]
  /** On request where it stands alone; with a date, it is expected then. */
  preorder: string[]
  pieces: string[]
  more: string[]
  only: string[]
}
