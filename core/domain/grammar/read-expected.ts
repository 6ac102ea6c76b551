import type { Expected } from '../availability.ts'
import { weekdayOfNumber } from './calendar.ts'
import type { Cursor } from './cursor.ts'
import { isAtEnd, peek } from './cursor.ts'
import type { Lead } from './lead.ts'
import { addLead, noLead, skipLeadSigns } from './lead.ts'
import type { Dated, LeadTime } from './lead-time.ts'
import { datedFrom, isShorter, toExpected } from './lead-time.ts'
import type { Lexeme } from './lexeme.ts'
import { isPlausible } from './named.ts'
import type { Duration } from './read-duration.ts'
import { readDuration } from './read-duration.ts'
import { spanReaders } from './read-span.ts'
import type { Span } from './read-span.ts'
import { readStamp } from './read-stamp.ts'

export type Found = { expected: Expected; leadTime: LeadTime | null }
type WithLeadTime = Dated & { leadTime?: LeadTime }

/** A date, a range or a duration with the words around it, to the end of the cell. */
export function readExpected(cursor: Cursor): Found | null {
  return readFrom(cursor, noLead)
}

/** Takes as many leading words as it can, and fewer where the rest then makes no sense ("W 48" in Polish). */
function readFrom(cursor: Cursor, lead: Lead): Found | null {
  const start = cursor.at
  const longer = addLead(cursor, lead)
  if (longer) {
    cursor.at += 1
    skipLeadSigns(cursor, longer)
    const found = readFrom(cursor, longer)
    if (found) return found
    cursor.at = start
  }
  return readCore(cursor, lead)
}

function readCore(cursor: Cursor, lead: Lead): Found | null {
  const start = cursor.at
  const duration = readDuration(cursor)
  const fromDuration = duration && finish(cursor, lead, (whole) => dateOfDuration(cursor, whole, duration))
  if (fromDuration) return fromDuration
  for (const read of spanReaders) {
    cursor.at = start
    const span = read(cursor)
    const found = span && finish(cursor, lead, (whole) => dateOfSpan(cursor, whole, span))
    if (found) return found
  }
  cursor.at = start
  const stamp = readStamp(cursor)
  return stamp && finish(cursor, lead, (whole) => dateOfSpan(cursor, whole, stamp))
}

/** The words after the date belong to it too; nothing may be left over. */
function finish(cursor: Cursor, lead: Lead, date: (whole: Lead) => WithLeadTime | null): Found | null {
  const whole = readTail(cursor, lead)
  const dated = whole && date(whole)
  if (!dated || dated.interval.from > dated.interval.to || !isPlausible(dated.interval, cursor.anchor)) return null
  return { expected: toExpected(dated), leadTime: dated.leadTime ?? null }
}

const tailSigns = new Set([',', '(', ')', '[', ']', '-'])

function readTail(cursor: Cursor, lead: Lead): Lead | null {
  let whole = lead
  let sign = ''
  while (!isAtEnd(cursor)) {
    const lexeme = peek(cursor)
    cursor.at += 1
    if (tailSigns.has(lexeme.sign) || (isAtEnd(cursor) && (lexeme.sign === '.' || lexeme.sign === '!'))) {
      sign = lexeme.sign
      continue
    }
    // "Do 14 dnů, skladem" may say two things, and "sofort" that no date is meant.
    const isAnother = lexeme.atOnce || (lexeme.stock && sign !== '')
    const longer = isAnother ? null : withTail(whole, lexeme)
    if (!longer) return null
    whole = longer
    sign = ''
  }
  return sign === ',' || sign === '-' || sign === '(' ? null : whole
}

function withTail(lead: Lead, lexeme: Lexeme): Lead | null {
  if (lexeme.expected || lexeme.label) return lead
  if (lexeme.about) return { ...lead, about: true }
  if (lexeme.weekday > 0 && lead.weekday === 0) return { ...lead, weekday: lexeme.weekday }
  if (lexeme.afterwards) return withEdge(lead, lexeme)
  if (lexeme.status === 'in-stock' && lead.subject === '') {
    return { ...lead, subject: lexeme.stock ? 'stock' : 'available' }
  }
  return lexeme.preorder && lead.subject === '' ? { ...lead, subject: 'preorder' } : null
}

/** "… at the earliest", "… spätestens" */
function withEdge(lead: Lead, { from, until }: Lexeme): Lead {
  return { ...lead, from: lead.from || from, earliest: lead.earliest || from, until: lead.until || until, by: true }
}

function dateOfDuration({ anchor }: Cursor, lead: Lead, { low, high, separator }: Duration): WithLeadTime | null {
  const opened = lead.opens && separator === 'to' && !lead.earliest
  const from = (lead.from || lead.opens) && !opened
  if (!canLast(lead) || (separator === 'and') !== lead.between) return null
  if (from && !(lead.from && lead.in && !lead.until)) return null
  if (low && !isShorter(anchor, low, high)) return null
  const leadTime = {
    low,
    high,
    isMoment: lead.in && low === null,
    mark: from ? 'from' : lead.about ? 'about' : null,
  } as const
  return { ...datedFrom(anchor, leadTime), leadTime }
}

/** Whether a duration makes sense after these words: "available for 14 days" says nothing of an arrival. */
function canLast({ subject, aside, weekday, at, in: isIn, until, within }: Lead): boolean {
  if (aside || weekday > 0) return false
  if (subject === 'sold-out' || subject === 'preorder' || (at && !isIn) || (until && isIn)) return false
  return !(subject === 'stock' || subject === 'available') || isIn || until || within
}

function dateOfSpan({ anchor }: Cursor, lead: Lead, span: Span): Dated | null {
  const { interval, precision, separator } = span
  if (!isSayable(lead, span) || !fitsWeekdayAfter(lead, span)) return null
  if (lead.until) {
    return { interval: { from: anchor, to: interval.to }, precision: 'range', mark: lead.about ? 'about' : null }
  }
  const opened = !lead.earliest && (separator === 'to' || (separator === 'dash' && lead.opens))
  if (lead.opens && !lead.from && !opened) return null
  if (lead.from && !opened) {
    return lead.subject === 'stock' && interval.from <= anchor ? null : { interval, precision, mark: 'from' }
  }
  return { interval, precision, mark: lead.about ? 'about' : null }
}

/** "15.12.2026 (Di)" */
function fitsWeekdayAfter({ weekday }: Lead, { interval, precision }: Span): boolean {
  return weekday === 0 || (precision === 'day' && weekdayOfNumber(interval.from) === weekday)
}

/** "Available until March" says the opposite of "available by March", and "pre-order until March" no arrival at all. */
function isSayable(lead: Lead, { precision, separator, needsUntil }: Span): boolean {
  const { subject, from, until, by, at, about } = lead
  if (lead.aside || subject === 'to-order') return false
  if (subject === 'sold-out' || (lead.in && !at) || (from && until) || (needsUntil && !until)) return false
  if (subject === 'preorder' && (from || until)) return false
  if ((subject === 'stock' || subject === 'available' || subject === 'lasting') && until && !by) return false
  if (subject === 'stock' && !(from || until || at || about)) return false
  if ((separator === 'and') !== lead.between || (until && separator)) return false
  return !lead.within || separator !== null || precision !== 'day'
}
