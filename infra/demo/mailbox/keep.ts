import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { z } from 'zod'
import type { Received, Summary } from './message.ts'
import { detailOf, summaryOf } from './message.ts'

/** The mails that were taken in, oldest first. */
export type Kept = { summary: Summary; from: string; to: string[]; packed: Buffer }
export type MailKeep = Awaited<ReturnType<typeof openMailKeep>>

const Line = z.object({
  id: z.string(),
  created: z.string(),
  from: z.string(),
  to: z.array(z.string()),
  raw: z.string(),
})

/** Keeps the last `most` mails; where there is a folder, a mail is in its file before it is accepted. */
export async function openMailKeep({ folder, most = 5000 }: { folder?: string | undefined; most?: number } = {}) {
  const file = folder && join(folder, 'mails.jsonl')
  if (folder) mkdirSync(folder, { recursive: true })
  let mails: Kept[] = file ? await load(file) : []
  const rewrite = (kept: Kept[]) => {
    mails = kept
    if (file) replaceFile(file, kept)
  }
  rewrite(mails.slice(-most))
  return {
    count: () => mails.length,
    unread: () => mails.filter(({ summary }) => !summary.Read).length,
    newestFirst: () => mails.map(({ summary }) => summary).toReversed(),
    async add(received: Received): Promise<Summary> {
      const mail = await pack(received)
      if (file) appendFileSync(file, lineOf(mail))
      mails.push(mail)
      // Not at every mail: the file is written anew then.
      if (mails.length > most * 1.1) rewrite(mails.slice(-most))
      return mail.summary
    },
    /** A mail by its id, or the newest by `latest`. */
    find: (id: string) => (id === 'latest' ? mails.at(-1) : mails.find(({ summary }) => summary.ID === id)),
    remove(ids: string[]): void {
      rewrite(ids.length === 0 ? [] : mails.filter(({ summary }) => !ids.includes(summary.ID)))
    },
  }
}

export function rawOf(mail: Kept): Buffer {
  return inflateRawSync(mail.packed)
}

export function readMail(mail: Kept) {
  return detailOf(mail.summary, { from: mail.from, to: mail.to, raw: rawOf(mail) })
}

async function pack(received: Received): Promise<Kept> {
  const summary = await summaryOf(received)
  return { summary, from: received.from, to: received.to, packed: deflateRawSync(received.raw) }
}

function lineOf({ summary, from, to, packed }: Kept): string {
  const line = { id: summary.ID, created: summary.Created, from, to, raw: packed.toString('base64') }
  return `${JSON.stringify(line)}\n`
}

async function load(file: string): Promise<Kept[]> {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  const mails: Kept[] = []
  for (const line of lines) {
    const read = readLine(line)
    if (read) mails.push(await pack({ ...read, raw: inflateRawSync(Buffer.from(read.raw, 'base64')) }))
  }
  return mails
}

/** A line that a kill cut off was never accepted, so it may be left out. */
function readLine(line: string): z.infer<typeof Line> | undefined {
  try {
    return Line.parse(JSON.parse(line))
  } catch {
    return undefined
  }
}

function replaceFile(file: string, mails: Kept[]): void {
  writeFileSync(`${file}.new`, mails.map(lineOf).join(''))
  renameSync(`${file}.new`, file)
}
