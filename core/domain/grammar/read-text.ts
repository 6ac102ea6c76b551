import type { Availability, Day, Reading } from '../availability.ts'
import type { Language } from '../language.ts'
import { numberOfDay } from './calendar.ts'
import type { Cursor } from './cursor.ts'
import { lexiconOf } from './languages.ts'
import type { LeadTime } from './lead-time.ts'
import { toLexemes } from './lexicon.ts'
import { isBlankNormal, normalise } from './normalise.ts'
import { readExpected } from './read-expected.ts'
import { readStatus } from './read-status.ts'
import { tokenise } from './tokens.ts'

export type ReadTextOptions = {
  language: Language
  /** The day that relative and year-less texts count from. */
  anchor: Day
  /** Words of this supplier alone, with what they mean. */
  words?: Readonly<Record<string, Availability>> | undefined
  /** What a blank cell means, if anything. */
  blank?: 'on-request' | undefined
  /** Time stamps with a time of day are moments; their day is taken in `timeZone`. */
  instant?: boolean | undefined
  timeZone?: string | undefined
}

/** Longer cells are prose. */
const longestCell = 200

/** Reads one cell as a whole, or says `unreadable`: it never guesses and never finds dates inside prose. */
export function readText(text: string, options: ReadTextOptions): Reading {
  return understand(text, options)?.availability ?? { kind: 'unreadable', said: text }
}

/** The lead time that a cell says, such as "3 weeks"; null where it says anything else. */
export function readLeadTime(text: string, options: ReadTextOptions): LeadTime | null {
  return understand(text, options)?.leadTime ?? null
}

type Understood = { availability: Availability; leadTime?: LeadTime | null }

function understand(text: string, options: ReadTextOptions): Understood | null {
  const normal = text.length > longestCell ? null : normalise(text)
  return normal === null ? null : readNormal(normal, options)
}

function readNormal(normal: string, options: ReadTextOptions): Understood | null {
  const word = options.words && wordsOf(options.words).get(normal)
  if (word) return { availability: word }
  if (isBlankNormal(normal)) return options.blank ? { availability: { kind: options.blank } } : null
  const cursor = cursorOf(normal, options)
  if (!cursor) return null
  const status = readStatus(cursor)
  if (status) return { availability: status }
  cursor.at = 0
  const found = readExpected(cursor)
  return found && { availability: found.expected, leadTime: found.leadTime }
}

/** Where reading of a cell begins, or null where it has a word that the language does not know. */
export function cursorOf(normal: string, { language, anchor, instant, timeZone }: ReadTextOptions): Cursor | null {
  if (/[()[\]]/.test(normal) && !areBracketsPaired(normal)) return null
  const lexicon = lexiconOf(language)
  const lexemes = toLexemes(tokenise(normal), lexicon.root)
  if (!lexemes) return null
  return {
    lexemes: withoutOuterBrackets(lexemes),
    lexicon,
    anchor: numberOfDay(anchor),
    instantsIn: instant && timeZone ? timeZone : null,
    at: 0,
  }
}

function withoutOuterBrackets(lexemes: Cursor['lexemes']): Cursor['lexemes'] {
  return lexemes[0]?.sign === '(' && lexemes.at(-1)?.sign === ')' ? lexemes.slice(1, -1) : lexemes
}

function areBracketsPaired(normal: string): boolean {
  let open = 0
  for (let at = 0; at < normal.length; at += 1) {
    const code = normal.charCodeAt(at)
    if (code === 40 || code === 91) open += 1
    else if (code === 41 || code === 93) open -= 1
    if (open < 0 || open > 1) return false
  }
  return open === 0
}

const known = new WeakMap<object, Map<string, Availability>>()

function wordsOf(words: Readonly<Record<string, Availability>>): Map<string, Availability> {
  const before = known.get(words)
  if (before) return before
  const made = new Map(Object.entries(words).map(([word, meaning]) => [normalise(word), meaning]))
  known.set(words, made)
  return made
}
