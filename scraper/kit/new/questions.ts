import { languages } from '#core/domain/language.ts'
import { isTimeZone } from '#core/process/shared-settings.ts'
import { schedules } from './schedules.ts'

/** What was answered so far, by the question's flag. */
export type Answers = Record<string, string>
type Choice = { value: string; label: string }

/** One thing that a definition needs: asked at a terminal, or given as the flag of this name. */
export type Question = {
  flag: string
  ask: string
  /** Must be answered; what is not has a guess, which the definition marks as such. */
  needed?: true
  choices?: Choice[]
  guess?: (answers: Answers) => string
  when?: (answers: Answers) => boolean
  /** What is wrong with an answer, in words. */
  problem?: (answer: string) => string | undefined
}

const timeZones: Record<string, string> = {
  cs: 'Europe/Prague',
  sk: 'Europe/Bratislava',
  pl: 'Europe/Warsaw',
  de: 'Europe/Berlin',
  'en-US': 'America/New_York',
}

export function hasForm({ 'sign-in': kind = '' }: Answers): boolean {
  return kind !== 'none' && kind !== 'basic'
}
export const hasCode = ({ 'sign-in': kind = '' }: Answers): boolean => kind.endsWith('-totp')
const isTable = ({ source }: Answers): boolean => source === 'table'
const isDownload = ({ source = '' }: Answers): boolean => ['csv', 'xlsx', 'xml', 'json'].includes(source)
const isPageJson = ({ source }: Answers): boolean => source === 'page-json'
const hasRecords = ({ source = '' }: Answers): boolean => ['xml', 'json', 'page-json'].includes(source)

const signIns: Choice[] = [
  { value: 'form', label: 'a form' },
  { value: 'two-step', label: 'a form over two pages: name, then password' },
  { value: 'form-totp', label: 'a form, then a code from an app (TOTP)' },
  { value: 'two-step-totp', label: 'name, then password, then a code from an app (TOTP)' },
  { value: 'basic', label: "the browser's own window (HTTP basic)" },
  { value: 'none', label: 'none' },
]
const sources: Choice[] = [
  { value: 'table', label: 'a table on a page, or on several' },
  { value: 'csv', label: 'a CSV file to download' },
  { value: 'xlsx', label: 'a workbook (XLSX) to download' },
  { value: 'xml', label: 'an XML file to download' },
  { value: 'json', label: 'a JSON file to download' },
  { value: 'page-json', label: 'JSON that the page fetches by itself' },
]
const pagings: Choice[] = [
  { value: 'parameter', label: 'the address counts them: ?page=2' },
  { value: 'links', label: 'links with page numbers' },
  { value: 'next', label: 'a link or button to the next page' },
  { value: 'load-more', label: 'a button that adds rows' },
  { value: 'nothing', label: 'it is all on one page' },
]

/** In the order of asking. Wordings of a header are separated by "|". */
export const questions: Question[] = [
  { flag: 'name', ask: 'Name of the supplier', needed: true },
  { flag: 'address', ask: 'Address of the portal, such as https://b2b.acme.example', needed: true, problem: noAddress },
  {
    flag: 'language',
    ask: 'Language of the portal',
    needed: true,
    choices: languages.map((language) => ({ value: language, label: language })),
  },
  {
    flag: 'time-zone',
    ask: 'Time zone of the supplier',
    guess: ({ language = '' }) => timeZones[language] ?? 'Europe/London',
    problem: (zone) => (isTimeZone(zone) ? undefined : 'expected a time zone such as Europe/Prague'),
  },
  {
    flag: 'schedule',
    ask: 'When is it read? A name, or five cron fields',
    choices: Object.entries(schedules).map(([value, { about }]) => ({ value, label: about })),
    guess: () => 'workdays-3',
    problem: noSchedule,
  },
  { flag: 'sign-in', ask: 'How does one sign in?', needed: true, choices: signIns },
  { flag: 'sign-in-path', ask: 'Path of the sign-in page', guess: () => '/login', when: hasForm, problem: noPath },
  { flag: 'username-field', ask: 'Selector of the field for the name', guess: () => '#username', when: hasForm },
  { flag: 'password-field', ask: 'Selector of the field for the password', guess: () => '#password', when: hasForm },
  { flag: 'code-field', ask: 'Selector of the field for the code', guess: () => '#code', when: hasCode },
  { flag: 'submit', ask: 'Selector of the button', guess: () => 'button[type=submit]', when: hasForm },
  {
    flag: 'signed-in',
    ask: 'Selector of what shows the name of your account once you are signed in',
    guess: () => '.account',
    when: hasForm,
  },
  { flag: 'signed-in-text', ask: 'The name that stands there', guess: ({ name = '' }) => name, when: hasForm },
  { flag: 'source', ask: 'What is to be read?', needed: true, choices: sources },
  { flag: 'path', ask: 'Path of the page with it', guess: () => '/', problem: noPath },
  { flag: 'table', ask: 'Selector of the table', guess: () => 'table', when: isTable },
  { flag: 'download', ask: 'Selector of what starts the download', guess: () => 'a[download]', when: isDownload },
  {
    flag: 'request',
    ask: 'Path of the request for the JSON',
    guess: () => '/api/items',
    when: isPageJson,
    problem: noPath,
  },
  { flag: 'records', ask: 'Where the records are in it, such as data.items', guess: () => 'items', when: hasRecords },
  { flag: 'code', ask: 'Header of the item’s code (other wordings after "|")', needed: true },
  { flag: 'title', ask: 'Header of its title', needed: true },
  { flag: 'ean', ask: 'Header of its EAN (empty: none)', guess: () => '' },
  { flag: 'availability', ask: 'Header of its availability or date', needed: true },
  { flag: 'quantity', ask: 'Header of the pieces in stock (empty: none)', guess: () => '' },
  {
    flag: 'others',
    ask: 'All other headers, by "|": a new one then fails the run (empty: they are not looked at)',
    guess: () => '',
    when: isTable,
  },
  { flag: 'paging', ask: 'How do the pages go on?', choices: pagings, guess: () => 'nothing', when: isTable },
  {
    flag: 'paging-by',
    ask: 'Its parameter in the address, or its selector',
    guess: ({ paging }) => (paging === 'parameter' ? 'page' : 'a[rel=next]'),
    when: ({ source, paging = 'nothing' }) => source === 'table' && paging !== 'nothing',
  },
  {
    flag: 'total',
    ask: 'Selector (in JSON: path) of what says how many there are (empty: nothing does)',
    guess: () => '',
    when: (answers) => answers['source'] !== 'csv',
  },
]

/** What is wrong with an answer to a question, in words. */
export function problemOf({ choices, needed, problem, flag }: Question, answer: string): string | undefined {
  if (answer.trim() === '') return needed ? 'is needed' : undefined
  if (/\p{Cc}/u.test(answer)) return 'expected one line of text'
  if (choices && flag !== 'schedule' && !choices.some(({ value }) => value === answer)) {
    return `expected one of ${choices.map(({ value }) => value).join(', ')}`
  }
  return problem?.(answer)
}

function noAddress(address: string): string | undefined {
  return URL.canParse(address) && /^https?:/.test(address) ? undefined : 'expected an address that begins with https://'
}

function noPath(path: string): string | undefined {
  return /^\/\S*$/.test(path) ? undefined : 'expected a path that begins with "/"'
}

function noSchedule(schedule: string): string | undefined {
  if (schedule in schedules) return undefined
  // What the fields say is checked when the definition is loaded.
  return schedule.trim().split(/\s+/).length === 5
    ? undefined
    : `expected one of ${Object.keys(schedules).join(', ')}, or five cron fields`
}
