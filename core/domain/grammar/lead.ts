import type { Cursor } from './cursor.ts'
import { isAtEnd, peek } from './cursor.ts'
import type { Lexeme } from './lexeme.ts'

/** What the words before a date said. `subject` is the status word that the date is said of, if any. */
export type Lead = {
  from: boolean
  /** "At the earliest", which marks a range too. */
  earliest: boolean
  opens: boolean
  until: boolean
  by: boolean
  about: boolean
  in: boolean
  at: boolean
  within: boolean
  between: boolean
  subject: '' | 'stock' | 'available' | 'lasting' | 'preorder' | 'to-order' | 'sold-out'
  /** Punctuation parts the subject from the rest: "skladem, do 14 dnů" may say two things. */
  aside: boolean
  /** Said after the date (1 to 7). */
  weekday: number
  /** The last word was one that punctuation may follow: "předpoklad: …", "vyprodáno, …". */
  open: boolean
  /** Punctuation followed it. */
  parted: boolean
}

export const noLead: Lead = {
  from: false,
  earliest: false,
  opens: false,
  until: false,
  by: false,
  about: false,
  in: false,
  at: false,
  within: false,
  between: false,
  subject: '',
  aside: false,
  weekday: 0,
  open: false,
  parted: false,
}

/** The lead with the next word in it, or null where that word leads nothing. */
export function addLead(cursor: Cursor, lead: Lead): Lead | null {
  const lexeme = peek(cursor)
  if (lexeme.label || lexeme.expected || lexeme.now) return withSubject(lead, subjectAfterWord(lead, lexeme))
  if (lexeme.status) return addStatus(lead, lexeme)
  return addMark(lead, lexeme)
}

/** "Sold out, expected …" and "pre-order: delivery …" speak of an arrival; "available, delivery …" still of both. */
function subjectAfterWord({ subject, parted }: Lead, { now, lasting }: Lexeme): Lead['subject'] {
  const isLeft = subject === 'sold-out' || subject === 'to-order' || (subject === 'preorder' && parted)
  if (now || !(isLeft || subject === '')) return subject
  return lasting ? 'lasting' : ''
}

function addStatus(lead: Lead, { status, stock, atOnce, preorder, toOrder }: Lexeme): Lead | null {
  if (atOnce || lead.from || lead.until || lead.about) return null
  if (status === 'in-stock') return withSubject(lead, stock ? 'stock' : 'available')
  if (preorder) return withSubject(lead, 'preorder')
  if (toOrder && lead.subject === '') return withSubject(lead, 'to-order')
  return status === 'sold-out' && lead.subject === '' ? withSubject(lead, 'sold-out') : null
}

function withSubject(lead: Lead, subject: Lead['subject']): Lead {
  return { ...lead, subject, open: true, parted: false }
}

function addMark(lead: Lead, lexeme: Lexeme): Lead | null {
  if (!isMark(lexeme) && !lexeme.filler) return null
  return {
    from: lead.from || lexeme.from,
    earliest: lead.earliest || (lexeme.from && lexeme.afterwards),
    opens: lead.opens || lexeme.opens,
    until: lead.until || lexeme.until,
    by: lexeme.until ? lexeme.by || lead.by : lead.by,
    about: lead.about || lexeme.about,
    in: lead.in || lexeme.in,
    at: lead.at || lexeme.at,
    within: lead.within || lexeme.within,
    between: lead.between || lexeme.between,
    subject: lead.subject,
    aside: lead.aside,
    weekday: lead.weekday,
    open: false,
    parted: false,
  }
}

function isMark({ from, opens, until, about, in: isIn, at, within, between }: Lexeme): boolean {
  return from || opens || until || about || isIn || at || within || between
}

const signsAfterWord = new Set([':', ',', ';', '-', '(', '[', '|', '!'])

/** Punctuation after a leading word, marked in the lead; after a mark ("ab:") only a colon. */
export function skipLeadSigns(cursor: Cursor, lead: Lead): void {
  const start = cursor.at
  while (!isAtEnd(cursor)) {
    const { sign } = peek(cursor)
    if (lead.open ? !signsAfterWord.has(sign) : sign !== ':') break
    lead.aside ||= lead.subject === 'stock' && sign !== ':'
    cursor.at += 1
  }
  lead.parted = cursor.at > start
  if (lead.parted && lead.subject === 'lasting') lead.subject = ''
}
