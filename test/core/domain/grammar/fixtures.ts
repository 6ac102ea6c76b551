import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Reading } from '#core/domain/availability.ts'
import { Language } from '#core/domain/language.ts'

export type Row = { line: number; language: Language; anchor: string; text: string; expected: string }

/** All cells of the files below. */
export function readAllRows(): Row[] {
  return files.flatMap(readRows)
}

/** The public sample; the author's own cells; and those that a second reader wrote before he had seen the grammar. */
export const files = ['dates.tsv', 'more-dates.tsv', 'field-dates.tsv']

/** Cells with what they mean: language ("en*" for all English), anchor, text, kind, from, to, precision and mark. */
export function readRows(file: string): Row[] {
  const lines = readFileSync(join(import.meta.dirname, file), 'utf8')
    .split('\n')
    .slice(1)
  return lines.flatMap((text, index) => (text === '' || text.startsWith('#') ? [] : rowsOf(text, index + 2)))
}

function rowsOf(text: string, line: number): Row[] {
  const [language, anchor = '', cell = '', ...expected] = text.split('\t')
  const languages = language === 'en*' ? ['en', 'en-GB', 'en-US'] : [language]
  return languages.map((one) => ({
    line,
    language: Language.parse(one),
    anchor,
    text: cell,
    expected: expected.join(' ').trim(),
  }))
}

/** A reading as the fixtures write it; the mark only where `marked`. */
export function written(reading: Reading, marked = false): string {
  if (reading.kind !== 'expected') return reading.kind
  const { kind, from, to, precision, mark } = reading
  return [kind, from, to, precision, ...(marked && mark ? [mark] : [])].join(' ')
}
