import { randomUUID } from 'node:crypto'
import type { Address, Attachment, Email } from 'postal-mime'
import PostalMime from 'postal-mime'

/** A mail as it came in: who it was handed over for, and its bytes. */
export type Received = { from: string; to: string[]; raw: Buffer; created?: string; id?: string }

type Person = { Name: string; Address: string }

/** What the list says of a mail; names and meaning are Mailpit's. */
export type Summary = {
  ID: string
  MessageID: string
  Read: boolean
  From: Person
  To: Person[]
  Cc: Person[]
  Bcc: Person[]
  ReplyTo: Person[]
  Subject: string
  Created: string
  Username: string
  Tags: string[]
  Size: number
  Attachments: number
  Snippet: string
}

export type Detail = Omit<Summary, 'Read' | 'Created' | 'Attachments' | 'Snippet'> & {
  ReturnPath: string
  Date: string
  Text: string
  HTML: string
  ListUnsubscribe: { Header: string; Links: string[]; Errors: string; HeaderPost: string }
  Inline: Part[]
  Attachments: Part[]
}
type Part = { PartID: string; FileName: string; ContentType: string; ContentID: string; Size: number }

export async function summaryOf(received: Received): Promise<Summary> {
  const email = await PostalMime.parse(received.raw)
  return {
    ...shared(received, email),
    ID: received.id ?? randomUUID().replaceAll('-', ''),
    Read: false,
    Created: received.created ?? new Date().toISOString(),
    Attachments: email.attachments.length,
    Snippet: textOf(email).replaceAll(/\s+/g, ' ').trim().slice(0, 250),
  }
}

export async function detailOf(summary: Summary, received: Received): Promise<Detail> {
  const email = await PostalMime.parse(received.raw)
  const parts = email.attachments.map((part, i) => ({ inline: part.related === true, part: partOf(part, i) }))
  return {
    ...shared(received, email),
    ID: summary.ID,
    ReturnPath: received.from,
    Date: email.date ?? summary.Created,
    Text: textOf(email),
    HTML: email.html ?? '',
    ListUnsubscribe: unsubscribeOf(email),
    Inline: parts.filter(({ inline }) => inline).map(({ part }) => part),
    Attachments: parts.filter(({ inline }) => !inline).map(({ part }) => part),
  }
}

/** Each header by its name, with all its values. */
export async function headersOf(raw: Buffer): Promise<Record<string, string[]>> {
  const { headers } = await PostalMime.parse(raw)
  const byName = Map.groupBy(headers, (header) => header.originalKey)
  return Object.fromEntries([...byName].map(([name, values]) => [name, values.map(({ value }) => value)]))
}

function shared({ from, to, raw }: Received, email: Email) {
  const [To, Cc] = [people(email.to), people(email.cc)]
  const shown = new Set([...To, ...Cc].map((person) => person.Address.toLowerCase()))
  return {
    MessageID: (email.messageId ?? '').replaceAll(/^<|>$/g, ''),
    From: people(email.from ? [email.from] : [])[0] ?? { Name: '', Address: from },
    To,
    Cc,
    Bcc: to.filter((address) => !shown.has(address.toLowerCase())).map((address) => ({ Name: '', Address: address })),
    ReplyTo: people(email.replyTo),
    Subject: email.subject ?? '',
    Username: '',
    Tags: [],
    Size: raw.length,
  }
}

function people(addresses: Address[] = []): Person[] {
  const mailboxes = addresses.flatMap((address) => (address.group ? address.group : [address]))
  return mailboxes.map(({ name, address }) => ({ Name: name, Address: address }))
}

/** A mail of html alone still has words. */
function textOf({ text, html }: Email): string {
  if (text !== undefined) return text
  return (html ?? '').replaceAll(/<style[^]*?<\/style>|<[^>]+>/gi, ' ')
}

function unsubscribeOf({ headers }: Email): Detail['ListUnsubscribe'] {
  const value = (key: string) => headers.find((header) => header.key === key)?.value ?? ''
  const header = value('list-unsubscribe')
  const links = Array.from(header.matchAll(/<([^>]+)>/g), (match) => match[1] ?? '')
  return { Header: header, Links: links, Errors: '', HeaderPost: value('list-unsubscribe-post') }
}

function partOf(part: Attachment, i: number): Part {
  return {
    PartID: String(i + 1),
    FileName: part.filename ?? '',
    ContentType: part.mimeType,
    ContentID: (part.contentId ?? '').replaceAll(/^<|>$/g, ''),
    Size: typeof part.content === 'string' ? part.content.length : part.content.byteLength,
  }
}
