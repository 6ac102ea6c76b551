/** What a number format of a workbook shows of a number. */
export type Shown =
  | { kind: 'plain' }
  | { kind: 'formatted'; section: string }
  | { kind: 'text'; text: string }
  | { kind: 'date'; date: ShownDate }

/** Which parts of a date are shown, and the words around it ("ab 15. 1."). */
export type ShownDate = {
  year: boolean
  month: boolean
  day: boolean
  time: boolean
  before: string
  after: string
}

type Token = { kind: 'literal' | 'letters' | 'digits' | 'mark'; text: string }

/** Quotes, escapes, paddings, brackets, then what counts. */
const tokens =
  /"([^"]*)"|\\(.)|[_*](?:.|$)|\[([^\]]*)\]|(AM\/PM|A\/P)|(y+|m+|d+|h+|s+|b+|e(?![+-])|g+)|(e[+-]|[0#?.,%@/]+|general)|([^])/giu

export function shownBy(format: string, value: number): Shown {
  if (/^(general|@)?$/i.test(format)) return { kind: 'plain' }
  const section = sectionFor(format, value)
  if (/^general$/i.test(section)) return { kind: 'plain' }
  const found = tokensOf(section)
  if (found.some(({ kind, text }) => kind === 'letters' && !text.startsWith('['))) {
    return { kind: 'date', date: dateOf(found) }
  }
  return ofNumber(section, found)
}

function ofNumber(section: string, found: Token[]): Shown {
  const digits = found.filter(({ kind }) => kind === 'digits').map(({ text }) => text)
  const isElapsed = found.some(({ kind }) => kind === 'letters')
  if (isElapsed) return { kind: 'formatted', section }
  if (digits.length === 0) return { kind: 'text', text: literals(found) }
  // Scientific shows less than there is: it is how Excel spoils article numbers, which are meant as they stand.
  if (digits.some((text) => /^e[+-]|@|general/i.test(text))) return { kind: 'plain' }
  return { kind: 'formatted', section: section.replaceAll(/,(?=[0#?])/g, '') }
}

/** One of up to four: by conditions of their own, else for positive numbers, negative ones and zero. */
function sectionFor(format: string, value: number): string {
  const sections = format.match(/(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\[]|["\\[])+|(?<=;|^)(?=;|$)/gu) ?? ['']
  const conditions = sections.slice(0, 2).map(conditionOf)
  if (conditions.some(Boolean)) {
    const met = conditions.findIndex((condition) => condition?.(value))
    return sections[met === -1 ? Math.min(sections.length - 1, 2) : met] ?? ''
  }
  if (sections.length === 1 || value > 0) return sections[0] ?? ''
  if (value < 0 || sections.length === 2) return sections[value < 0 ? 1 : 0] ?? ''
  return sections[2] ?? ''
}

function conditionOf(section: string): ((value: number) => boolean) | null {
  const [, sign, text] = /\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]/.exec(section) ?? []
  if (sign === undefined) return null
  const bound = Number(text)
  return (value) => {
    const order = Math.sign(value - bound)
    return order === 0 ? sign.includes('=') : order < 0 ? sign.includes('<') : sign.includes('>')
  }
}

function tokensOf(section: string): Token[] {
  return [...section.matchAll(tokens)].flatMap((match) => tokenOf(match))
}

function tokenOf(match: RegExpMatchArray): Token[] {
  const [, quoted, escaped, bracket, noon, letters, digits, other] = match
  if (bracket !== undefined) return /^(h+|m+|s+)$/i.test(bracket) ? [{ kind: 'letters', text: `[${bracket}]` }] : []
  const literal = quoted ?? escaped ?? other
  if (literal !== undefined) return [{ kind: 'literal', text: literal }]
  if (noon !== undefined) return [{ kind: 'mark', text: noon }]
  if (letters !== undefined) return [{ kind: 'letters', text: letters.toLowerCase() }]
  return digits === undefined ? [] : [{ kind: 'digits', text: digits }]
}

function literals(found: Token[]): string {
  const texts = found.flatMap(({ kind, text }) => (kind === 'literal' ? [text] : []))
  return texts.join('').replaceAll(/\s+/g, ' ').trim()
}

function dateOf(found: Token[]): ShownDate {
  const letters = found.filter(({ kind }) => kind === 'letters').map(({ text }) => text)
  const isMinute = (i: number) => /^\[?h/.test(letters[i - 1] ?? '') || /^\[?s/.test(letters[i + 1] ?? '')
  const first = found.findIndex(({ kind }) => kind === 'letters')
  const last = found.findLastIndex(({ kind }) => kind !== 'literal')
  return {
    year: letters.some((text) => /^[yeb]/.test(text)),
    // Five letters show the first one of the month's name.
    month: letters.some((text, i) => text.startsWith('m') && text.length < 5 && !isMinute(i)),
    day: letters.some((text) => text === 'd' || text === 'dd'),
    time: letters.some((text) => /^\[?[hs]/.test(text)),
    before: aroundDate(found.slice(0, first)),
    after: aroundDate(found.slice(last + 1)),
  }
}

/** "r." is the Polish year, ". " a part of the date: neither says anything. */
function aroundDate(found: Token[]): string {
  const text = literals(found)
  return /^[\s.,;:/-]*(r\.?)?[\s.,;:/-]*$/i.test(text) ? '' : text
}
