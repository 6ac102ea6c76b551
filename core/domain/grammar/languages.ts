import type { Language } from '../language.ts'
import { cs } from './cs.ts'
import { de } from './de.ts'
import { en, enGB, enUS } from './en.ts'
import type { Lexicon } from './lexicon.ts'
import { compile } from './lexicon.ts'
import { pl } from './pl.ts'
import { sk } from './sk.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Every language that the grammar reads: a new one is a file with its vocabulary, and a line here. */
export const vocabularies: Record<Language, Vocabulary> = { cs, sk, pl, de, en, 'en-GB': enGB, 'en-US': enUS }

const compiled = new Map<Language, Lexicon>()

export function lexiconOf(language: Language): Lexicon {
  const known = compiled.get(language)
  if (known) return known
  const made = compile(vocabularies[language])
  compiled.set(language, made)
  return made
}
