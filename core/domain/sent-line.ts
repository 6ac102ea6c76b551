import { z } from 'zod'
import { Availability, inShort } from './availability.ts'
import type { PlannedNews } from './notice.ts'

const marker = ' · in the window that SMTP leaves open'

/** What a mail told, as its log line has it; null where it was only that there is no word: the customer holds the old date. */
export const Sent = z.object({
  notice: z.string().regex(/^.+\/\d+$/),
  at: z.iso.datetime(),
  told: z.record(z.string(), z.union([Availability, z.null()])),
})
export type Sent = z.infer<typeof Sent>

/** One line for each mail that was accepted, without its address: a restored backup is caught up from these lines. */
export function saySent(id: string, news: readonly PlannedNews[], window: boolean): string {
  const said = news.map(({ line, kind, now }) => `line ${line}: ${kind === 'overdue' ? kind : inShort(now)}`)
  return `sent ${id} · ${said.join(', ')}${window ? marker : ''}`
}

/** Reads such a line as the log has it, for people or for machines; null where it is another one. */
export function readSent(text: string): Sent | null {
  const parts = text.startsWith('{') ? partsOfJson(text) : partsOfText(text)
  if (parts === null || Number.isNaN(parts.at.getTime())) return null
  const [, notice, said] = /^sent (\S.*?\/\d+) · (line .+)$/.exec(parts.words.replace(marker, '')) ?? []
  if (notice === undefined || said === undefined) return null
  const told = Object.fromEntries(said.split(/, (?=line )/).map(readLine))
  return Sent.safeParse({ notice, at: parts.at.toISOString(), told }).data ?? null
}

function partsOfJson(text: string): { at: Date; words: string } | null {
  try {
    const { time, msg } = JSON.parse(text) as { time?: unknown; msg?: unknown }
    return { at: new Date(Number(time)), words: String(msg) }
  } catch {
    return null // Cut off, or no line of ours.
  }
}

/** "[2026-11-22 04:11:28] INFO: sent …", by the clock of the machine that wrote it. */
function partsOfText(text: string): { at: Date; words: string } | null {
  const [, day, time, words] = /\[(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)\] INFO: (sent .+)$/.exec(text) ?? []
  return words === undefined ? null : { at: new Date(`${day}T${time}`), words }
}

function readLine(said: string): [string, unknown] {
  const [, line = '', value = ''] = /^line (.+): (.+)$/.exec(said) ?? []
  if (value === 'overdue') return [line, null]
  const [, mark, from, to = from, precision] = /^(?:(from|about) )?(\d{4}-\d\d-\d\d)(?:–(\d{4}-\d\d-\d\d))? \((\w+)\)$/.exec(value) ?? [] // prettier-ignore
  if (from === undefined) return [line, { kind: value }]
  return [line, { kind: 'expected', from, to, precision, ...(mark && { mark }) }]
}
