import { readText } from '#core/domain/grammar/read-text.ts'
import { Language } from '#core/domain/language.ts'
import type { Answers } from './questions.ts'
import type { Sketch } from './sketch.ts'

/** How portals of these five countries head their columns. */
const headers: Record<string, RegExp> = {
  ean: /\b(ean|gtin|barcode)\b/i,
  code: /^(kód|kod|code|sku|indeks|symbol|artikel-?nr|artikelnummer|art\.? ?-?nr|item (no|number|code)|part|obj|kat)/iu,
  title: /(název|názov|nazwa|name|title|bezeichnung|popis|opis|description|produ[ck]t|zboží|tovar|towar|artikel$)/iu,
  quantity: /(\bks\b|kus|množstv|počet|szt|ilość|menge|bestand|stück|qty|quantity|pieces|on hand)/iu,
  availability:
    /(dostup|termín|termin|dodán|dodan|naskladn|dostęp|dostaw|verfügbar|liefer|availab|deliver|eta|expected|release|sklad|stock)/iu,
}

/** What the pages suggest as answers; a person looks through it. */
export function proposeAnswers(sketches: Sketch[]): Answers {
  const answers: Answers = {}
  const [first] = sketches
  if (first && /^https?:/.test(first.address)) answers['address'] = new URL(first.address).origin
  const language = sketches.map((sketch) => languageOf(sketch.language)).find((one) => one !== undefined)
  if (language) answers['language'] = language
  for (const sketch of sketches) Object.assign(answers, ofForm(sketch), ofTable(sketch, language))
  return answers
}

function languageOf(lang: string): Language | undefined {
  return [lang, lang.slice(0, 2)].map((one) => Language.safeParse(one)).find(({ success }) => success)?.data
}

function ofForm({ form, address }: Sketch): Answers {
  if (form === null) return {}
  return {
    'sign-in': 'form',
    ...(/^https?:/.test(address) && { 'sign-in-path': pathOf(address) }),
    ...(form.username && { 'username-field': form.username }),
    'password-field': form.password,
    ...(form.submit && { submit: form.submit }),
  }
}

function ofTable(sketch: Sketch, language: Language | undefined): Answers {
  const { tables, address, counts } = sketch
  const [table] = tables
  if (table === undefined) return {}
  const [total] = counts
  const columns = columnsOf(table, language)
  const others = table.headers.filter((name) => name !== '' && !Object.values(columns).includes(name))
  return {
    source: 'table',
    ...(/^https?:/.test(address) && { path: pathOf(address) }),
    table: table.selector,
    ...columns,
    ...(others.length > 0 && { others: others.join(' | ') }),
    ...(total && { total: total.selector }),
    ...pagingOf(sketch),
  }
}

function pagingOf({ parameter, next, more }: Sketch): Answers {
  if (parameter !== null) return { paging: 'parameter', 'paging-by': parameter }
  if (next !== null) return { paging: 'next', 'paging-by': next }
  return more === null ? { paging: 'nothing' } : { paging: 'load-more', 'paging-by': more }
}

/** Each header answers one question at most; the date is known by its cells too. */
function columnsOf({ headers: names, rows }: Sketch['tables'][number], language: Language | undefined): Answers {
  const found: Answers = {}
  const take = (flag: string, name: string | undefined) => {
    if (name && !Object.values(found).includes(name)) found[flag] = name
  }
  const share = (name: string) => readable(rows, names.indexOf(name), language)
  const dates = names.filter((name) => headers['availability']?.test(name)).sort((a, b) => share(b) - share(a))
  take('availability', dates[0] ?? names.filter((name) => share(name) > 0.6).sort((a, b) => share(b) - share(a))[0])
  for (const flag of ['ean', 'code', 'quantity', 'title']) {
    const free = names.filter((name) => !Object.values(found).includes(name))
    take(
      flag,
      free.find((name) => headers[flag]?.test(name)),
    )
  }
  return found
}

/** The share of cells that are readings in this language. */
function readable(rows: string[][], at: number, language: Language = 'en'): number {
  const cells = rows.map((row) => row[at] ?? '')
  const anchor = new Date().toISOString().slice(0, 10)
  return cells.filter((cell) => readText(cell, { language, anchor }).kind !== 'unreadable').length / cells.length
}

function pathOf(address: string): string {
  const { pathname, search } = new URL(address)
  return pathname + search
}
