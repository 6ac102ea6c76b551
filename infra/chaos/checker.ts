import type { Freeze, History, MayBeUnderWay, Played, Span } from './history.ts'
import { historyOf, timelinessOf, underWayBeside } from './history.ts'
import type { Mail, SaidLine } from './mails.ts'
import type { ScriptOrder } from './orders.ts'
import { titleOf } from './script.ts'
import type { OrderSeen } from './shop.ts'
import type { Telling } from './tellings.ts'
import { outOfTurn, tellingsOf } from './tellings.ts'
import type { Value } from './values.ts'

/** Of runs and notices it is what the API says: which runs were accepted, and which notices met the window. */
export type Seen = Played & {
  orders: ScriptOrder[]
  mails: Mail[]
  stored: OrderSeen[]
  /** New addresses, by order. */
  moved: Map<string, string>
  /** When a notifier was frozen. */
  freezes: Freeze[]
  /** What had not come to its end when the world had come to rest. */
  left: string[]
}
export type Verdict = {
  lost: string[]
  wrong: string[]
  doubled: string[]
  /** Copies of a mail, and notices, that met the window. */
  inside: number
  windows: number
  uncertain: string[]
  left: string[]
}

/** Compares every customer's mails with what the script says that they should know; knows nothing of how they came about. */
export function check(seen: Seen): Verdict {
  const windows = seen.stored.flatMap(({ notices }) => notices).filter(({ window }) => window).length
  const verdict: Verdict = { lost: [], wrong: [], doubled: [], inside: 0, windows, uncertain: [], left: seen.left }
  const around = { history: historyOf(seen), mayBeUnderWay: underWayBeside(seen.freezes) }
  const byOrder = Map.groupBy(seen.mails, ({ order }) => order)
  const stored = new Map(seen.stored.map((order) => [order.number, order]))
  const known = new Set(seen.orders.map(({ number }) => number))
  for (const { to, order } of seen.mails)
    if (!known.has(order)) verdict.wrong.push(`a mail to ${to} is about no order of the script ("${order}")`)
  for (const order of seen.orders) {
    const notices = stored.get(order.number)?.notices
    if (notices === undefined) verdict.lost.push(`order ${order.number} was put and is not there`)
    const addresses = [order.email, seen.moved.get(order.number)].filter((one) => one !== undefined)
    const sight = { order, addresses, notices: notices ?? [], ...around }
    checkOrder(sight, byOrder.get(order.number) ?? [], verdict)
  }
  return verdict
}

type Sight = {
  order: ScriptOrder
  addresses: string[]
  notices: OrderSeen['notices']
  history: History
  mayBeUnderWay: MayBeUnderWay
}
/**
 * What a line's customer counts as told, and what they really know, which is another where a mail that counts as sent
 * never came.
 */
type Told = { counts: Value; really: Value; byMail: boolean; unsure: string | null }
type Lines = Map<string, Told>

function checkOrder(sight: Sight, mails: Mail[], verdict: Verdict): void {
  const { order, addresses, notices } = sight
  const here = { lost: [] as string[], wrong: [] as string[], doubled: [] as string[] }
  for (const { to, strange } of mails) {
    if (!addresses.includes(to)) here.wrong.push(`mailed to ${to}, who is not its customer`)
    for (const said of strange) here.wrong.push(`a mail says "${said}", which the script has no meaning for`)
  }
  const lines: Lines = new Map(
    order.lines.map(({ code, told }) => [titleOf(code), { counts: told, really: told, byMail: false, unsure: null }]),
  )
  const tellings = tellingsOf(notices, mails, here)
  here.wrong.push(...outOfTurn(tellings))
  for (const telling of tellings) {
    if (telling.kind === 'uncertain') countAsTold(telling, lines)
    else {
      verdict.inside += checkCopies(telling, here.doubled)
      checkMails(sight, { telling, lines }, here)
    }
  }
  verdict.uncertain.push(...checkEnd(sight, lines, here).map((said) => `order ${order.number}, ${said}`))
  for (const kind of ['lost', 'wrong', 'doubled'] as const)
    verdict[kind].push(...here[kind].map((said) => `order ${order.number}, ${said}`))
}

type Here = Pick<Verdict, 'lost' | 'wrong' | 'doubled'>
type Came = Extract<Telling, { kind: 'came' }>

/** What may have gone counts for its own lines only. */
function countAsTold({ id, said }: Extract<Telling, { kind: 'uncertain' }>, lines: Lines): void {
  for (const { title, now } of said.news) {
    const line = lines.get(title)
    if (line !== undefined) lines.set(title, { ...line, counts: now, byMail: true, unsure: id })
  }
}

/** Copies of a mail are forgiven where its notice says that it met the window, and they are the same to the byte. */
function checkCopies({ window, mails: [original, ...copies] }: Came, doubled: string[]): number {
  const forgiven = copies.filter(({ raw, to }) => window && raw === original.raw && to === original.to)
  const others = copies.length - forgiven.length
  for (let i = 0; i < others; i++)
    doubled.push(`mail ${original.messageId} came again, outside the window or not the same`)
  return forgiven.length
}

function checkMails(sight: Sight, { telling, lines }: { telling: Came; lines: Lines }, here: Here): void {
  const [mail] = telling.mails
  const where = `mail ${mail.messageId} of notice ${telling.id}`
  // A copy is sent only while it is still so, as the first one was.
  for (const { at, news, unchanged } of telling.mails) {
    for (const { title, now } of news) timely(sight, { title, value: now, at, of: 'tellable' })
    for (const { title, value } of unchanged) timely(sight, { title, value, at, of: 'standing' })
  }
  for (const said of mail.news) checkNews(said, lines, { ...here, where })
  for (const { title, value } of mail.unchanged) {
    if (lines.get(title)?.counts !== value)
      here.wrong.push(`${where}: ${title} is said to be ${value} still, and the customer was told another`)
  }

  function timely(
    { history, mayBeUnderWay }: Sight,
    { title, value, at, of }: { title: string; value: Value; at: number; of: 'tellable' | 'standing' },
  ): void {
    const spans: Span[] | undefined = history.get(title.replace('Figure ', ''))?.[of].get(value)
    const timeliness = timelinessOf(spans, at, mayBeUnderWay)
    if (timeliness.kind === 'unread')
      here.wrong.push(`${where}: ${title} is said to be ${value}, which accepted runs had not read before`)
    if (timeliness.kind === 'stale')
      here.wrong.push(`${where}: ${title} is said to be ${value}, which was over for ${timeliness.seconds} s`)
  }
}

function checkNews({ title, before, now }: SaidLine, lines: Lines, here: Here & { where: string }): void {
  const { wrong, doubled, where } = here
  const line = lines.get(title)
  if (line === undefined) return void wrong.push(`${where}: "${title}" is not in the order`)
  if (before !== null && line.unsure !== null)
    wrong.push(`${where}: ${title} is said to have been ${before}, though nobody knows whether ${line.unsure} went`)
  else if (before !== null && before !== line.counts)
    wrong.push(`${where}: ${title} is said to have been ${before}, and the customer was told ${line.counts}`)
  if (line.byMail && line.counts === 'in-stock')
    wrong.push(`${where}: ${title} was told as arrived, and is told ${now}`)
  if (now === line.counts) doubled.push(`${where}: ${title} is told ${now} to a customer who knows it`)
  lines.set(title, { counts: now, really: now, byMail: true, unsure: null })
}

/** What every customer knows in the end; returns what is not known only because a mail may have gone. */
function checkEnd({ order, history }: Sight, lines: Lines, { lost }: Here): string[] {
  return order.lines.flatMap(({ code }) => {
    const [line, last] = [lines.get(titleOf(code)), history.get(code)?.last]
    if (line === undefined) return []
    const { counts, really, byMail, unsure } = line
    // Who was told that the goods have come hears no more of the supplier's shelf.
    if (counts !== last && !(byMail && counts === 'in-stock')) {
      const words = counts === really ? '' : `, or perhaps ${counts} by ${unsure}`
      lost.push(`${code}: the customer knows ${really}${words}, and it is ${last}`)
      return []
    }
    return really === counts ? [] : [`${code}: the customer knows ${really}; ${unsure} said ${counts}, and never came`]
  })
}
