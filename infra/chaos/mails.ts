import { z } from 'zod'
import type { Value } from './values.ts'
import { allValues, partsOf } from './values.ts'

export type SaidLine = { title: string; before: Value | null; now: Value }
/** What a text says as a customer reads it; `strange` is what the script has no meaning for. */
export type Said = { news: SaidLine[]; unchanged: { title: string; value: Value }[]; strange: string[] }
export type Mail = Said & { id: string; to: string; order: string; messageId: string; at: number; raw: string }

const List = z.object({ messages: z.array(z.object({ ID: z.string(), Created: z.string() })) })
const Detail = z.object({
  MessageID: z.string(),
  Subject: z.string(),
  Text: z.string(),
  To: z.array(z.object({ Address: z.string() })),
})

/** All mails to customers, oldest first, by the mailbox's own API. */
export async function readMails(url: string): Promise<Mail[]> {
  const list = List.parse(await (await fetch(`${url}/api/v1/messages?limit=9999999`)).json())
  const mails: Mail[] = []
  for (const { ID, Created } of list.messages.toReversed()) {
    const detail = Detail.parse(await (await fetch(`${url}/api/v1/message/${ID}`)).json())
    const to = detail.To.map(({ Address }) => Address).join()
    if (to.startsWith('admin@')) continue
    const raw = await (await fetch(`${url}/api/v1/message/${ID}/raw`)).text()
    const order = /^(?:Order|Objednávka) (\d+)[ :]/.exec(detail.Subject)?.[1] ?? ''
    mails.push({
      id: ID,
      to,
      order,
      messageId: detail.MessageID,
      at: Date.parse(Created),
      raw,
      ...readText(detail.Text),
    })
  }
  return mails
}

const words = {
  en: { told: 'Before', now: 'Now', unchanged: 'unchanged' },
  cs: { told: 'Dosud', now: 'Nově', unchanged: 'beze změny' },
}
const labels = {
  told: [words.en.told, words.cs.told],
  now: [words.en.now, words.cs.now],
  unchanged: [words.en.unchanged, words.cs.unchanged],
}

/** An item is a line that begins with a star; what is said of it follows, indented, as "label: value". */
export function readText(text: string): Said {
  const found: Said = { news: [], unchanged: [], strange: [] }
  const meant = (said: string): Value => {
    const value = meanings.get(said)
    if (value === undefined) found.strange.push(said)
    return value ?? `?${said}`
  }
  for (const block of text.replaceAll('\r', '').split(/^\* /m).slice(1)) {
    const [title = '', ...rest] = block.split('\n')
    const said = new Map(
      rest.flatMap((line) => {
        const [, label, value] = /^ {2}([^:]+): (.+)$/.exec(line) ?? []
        return label === undefined || value === undefined ? [] : [[label, value] as const]
      }),
    )
    const by = (names: string[]) => names.map((name) => said.get(name)).find((one) => one !== undefined)
    const [before, now, same] = [by(labels.told), by(labels.now), by(labels.unchanged)]
    if (now !== undefined) found.news.push({ title, now: meant(now), before: before ? meant(before) : null })
    if (same !== undefined) found.unchanged.push({ title, value: meant(same) })
  }
  if (found.news.length === 0) found.strange.push('a mail without news')
  return found
}

const english = 'January February March April May June July August September October November December'.split(' ')
const czech = 'leden únor březen duben květen červen červenec srpen září říjen listopad prosinec'.split(' ')
const czechOf = 'ledna února března dubna května června července srpna září října listopadu prosince'.split(' ')

/** The script's own view of what a mail's words mean: the other way round from how it makes values. */
const meanings = new Map(allValues().flatMap((value) => sayings(value).map((said) => [said, value] as const)))

function sayings(value: Value): string[] {
  const parts = partsOf(value)
  switch (parts.kind) {
    case 'state':
      return {
        'in-stock': ['in stock at our supplier', 'skladem u dodavatele'],
        'on-request': ['date not known yet', 'termín zatím není znám'],
        'sold-out': ['sold out', 'vyprodáno'],
        discontinued: ['discontinued', 'už se nedodává'],
      }[parts.state]
    case 'day': {
      const { day, month, year } = parts
      return [`${day} ${english[month - 1]} ${year}`, `${day}. ${czechOf[month - 1]} ${year}`]
    }
    case 'month':
      return [`${english[parts.month - 1]} ${parts.year}`, `${czech[parts.month - 1]} ${parts.year}`]
    case 'quarter': {
      const ordinal = ['1st', '2nd', '3rd', '4th'][parts.quarter - 1]
      return [`${ordinal} quarter of ${parts.year}`, `${parts.quarter}. čtvrtletí ${parts.year}`]
    }
    default:
      return parts satisfies never
  }
}
