import { readFileSync, writeFileSync } from 'node:fs'
import type { MailLanguage } from '#core/domain/language.ts'
import { mailLanguages } from '#core/domain/language.ts'
import { lettersIn } from './letters.ts'

const ruler = '='.repeat(20)

/** The passages that a person has read aloud and found right. */
export function readLetters(language: MailLanguage): Map<string, string> {
  const [, ...parts] = readFileSync(fileOf(language), 'utf8').split(`${ruler} `)
  return new Map(parts.map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n')).trim()]))
}

function fileOf(language: MailLanguage): URL {
  return new URL(`letters/${language}.txt`, import.meta.url)
}

// Run after wording was changed; then read aloud what `git diff` shows.
if (import.meta.main) {
  for (const language of mailLanguages) {
    const parts = [...lettersIn(language)].map(([name, text]) => `${ruler} ${name}\n\n${text}\n`)
    writeFileSync(fileOf(language), parts.join('\n'))
  }
}
