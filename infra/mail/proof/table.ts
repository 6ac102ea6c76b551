import { mailLanguages } from '#core/domain/language.ts'
import type { SentMail } from './send-examples.ts'
import type { Score } from './spamassassin.ts'

/** What was found of a mail that was delivered; `trouble` is null where its signature verified. */
export type Judged = Pick<SentMail, 'name' | 'language'> & { score: Score; trouble: string | null }

/** Above it some receivers begin to look twice. */
const highestAllowed = 1

/** A row for each example: its score in each language, whether its signatures verified, and which rules hit. */
export function tableOf(judged: Judged[]): string {
  const names = [...new Set(judged.map(({ name }) => name))]
  const rows = names.map((name) => rowOf(judged.filter((mail) => mail.name === name)))
  return aligned([['mail', ...mailLanguages, 'DKIM', 'rules'], ...rows])
}

/** What is told last, and decides. */
export function sumUp(judged: Judged[]): { line: string; isSound: boolean } {
  const verified = judged.filter(({ trouble }) => trouble === null).length
  const highest = Math.max(...judged.map(({ score }) => score.score))
  const line = `${judged.length} mails, ${verified} verified, highest score ${highest.toFixed(1)}`
  return { line, isSound: judged.length > 0 && verified === judged.length && highest <= highestAllowed }
}

function rowOf(mails: Judged[]): string[] {
  const scores = mailLanguages.map((language) => mails.find((mail) => mail.language === language)?.score.score)
  return [
    mails[0]?.name ?? '',
    ...scores.map((score) => score?.toFixed(1) ?? '-'),
    signaturesOf(mails),
    rulesOf(mails).join(', ') || '-',
  ]
}

function signaturesOf(mails: Judged[]): string {
  const troubles = mails.flatMap(({ language, trouble }) => (trouble === null ? [] : [`${language}: ${trouble}`]))
  return troubles.length === 0 ? 'verified' : troubles.join('; ')
}

/** A rule that hits in some languages only is told with them. */
function rulesOf(mails: Judged[]): string[] {
  const hits = mails.flatMap(({ language, score }) => score.rules.map((rule) => ({ ...rule, language })))
  return [...Map.groupBy(hits, ({ name, score }) => `${name} ${score}`)].map(([rule, found]) =>
    found.length === mails.length ? rule : `${rule} (${found.map(({ language }) => language).join(' ')})`,
  )
}

function aligned(rows: string[][]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n') // prettier-ignore
}
