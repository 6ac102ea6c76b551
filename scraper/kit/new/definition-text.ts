import type { Answers } from './questions.ts'
import { hasCode, hasForm } from './questions.ts'
import { schedules } from './schedules.ts'
import { signInLines } from './sign-in-text.ts'
import type { Line } from './source-text.ts'
import { list, object, quoted, toText } from './source-text.ts'
import { sourceLines } from './source-lines.ts'

/** The answers, all of them; `guessed` are those that nobody gave. */
export type Complete = { id: string; answers: Answers; guessed: Set<string> }
/** An answer as TypeScript, and the mark of a guess behind its line. */
export type Reading = { get(flag: string): string; marked(line: string, flag: string): string; answers: Answers }

/** The whole of a `definition.ts`. */
export function definitionText({ id, answers, guessed }: Complete): string {
  const get = (flag: string) => quoted(answers[flag] ?? '')
  const marked = (line: string, flag: string) => (guessed.has(flag) ? `${line} // fill in: a guess` : line)
  const reading = { get, marked, answers }
  const schedule = answers['schedule'] ?? ''
  const cron = quoted(schedules[schedule]?.cron ?? schedule)
  return toText([
    "import { described } from '#scraper/platforms/described/platform.ts'",
    "import { defineSupplier } from '#scraper/robot.ts'",
    '',
    `// What each name means is told by the editor, and in docs/add-a-supplier.md. To try it: npm run supplier try ${id}`,
    'export const definition = defineSupplier({',
    [
      `name: ${get('name')},`,
      '// Raise it by one whenever words, columns or options change, so that what is stored is read anew.',
      'number: 1,',
      `language: ${get('language')},`,
      `timeZone: ${get('time-zone')},`,
      '// Minute, hour, day, month, weekday; a run begins up to jitterSeconds later.',
      `schedule: { cron: ${cron}, jitterSeconds: 300 },`,
      '// The columns that are read, by their header; others are not looked at.',
      ...columns(answers),
      "// What this supplier alone means by its words, such as 'termín dle výrobce': { kind: 'on-request' }",
      'words: {},',
      `address: ${get('address')},`,
      ...credentials(id, answers),
      'platform: described,',
      ...object('options', [...signInLines(reading), ...sourceLines(reading)]),
    ],
    '})',
  ] satisfies Line[])
}

function columns({ availability = '', quantity = '' }: Answers): Line[] {
  const dates = column(availability, 'availability')
  if (quantity === '') return [`columns: [${dates}],`]
  return ['columns: [', [`${dates},`, `${column(quantity, 'quantity')},`], '],']
}

function column(wordings: string, holds: string): string {
  return `{ name: ${quoted(wordingsOf(wordings)[0] ?? '')}, holds: '${holds}' }`
}

/** Where nobody signs in there are none; else name and password, which is what is assumed. */
function credentials(id: string, answers: Answers): Line[] {
  const names = credentialNames(answers)
  const settings = names.map((name) => variableOf(id, name)).join(', ')
  const about = names.length > 0 ? [`// In .env: ${settings}`] : []
  return [...about, ...list('credentials', names.map(quoted), { depth: 1 })]
}

export function credentialNames(answers: Answers): string[] {
  if (answers['sign-in'] === 'none') return []
  return ['username', 'password', ...(hasForm(answers) && hasCode(answers) ? ['totp'] : [])]
}

export function variableOf(id: string, name: string): string {
  return `SUPPLIER_${id}_${name}`.toUpperCase().replaceAll('-', '_')
}

/** "Kód | Kód zboží": several wordings of one header. */
export function wordingsOf(answer: string): string[] {
  const wordings = answer.split('|').map((wording) => wording.trim())
  return wordings.filter((wording) => wording !== '')
}
