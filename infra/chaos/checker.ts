import type { Mail } from './mails.ts'
import type { ScriptOrder } from './orders.ts'
import type { Plan, ScriptSupplier } from './script.ts'
import { rowsOf, sightOf, titleOf, walkOf } from './script.ts'
import type { OrderSeen, RunSeen } from './shop.ts'
import type { Value } from './values.ts'

export type Seen = {
  plan: Plan
  suppliers: ScriptSupplier[]
  orders: ScriptOrder[]
  mails: Mail[]
  /** What the API says of runs and notices: which runs were accepted, and which notices met the window. */
  runs: RunSeen[]
  stored: OrderSeen[]
  baselineUpTo: Map<string, number>
  calmAfter: Map<string, number>
  /** New addresses, by order. */
  moved: Map<string, string>
}
export type Verdict = { lost: string[]; wrong: string[]; doubled: string[]; inside: number; uncertain: string[] }

/** Since when each item was read as what, in runs that were accepted; and what it is in the end. */
type History = Map<string, { since: Map<Value, number>; last: Value }>

/** Compares every customer's mails with what the script says that they should know; knows nothing of how they came about. */
export function check(seen: Seen): Verdict {
  const verdict: Verdict = { lost: [], wrong: [], doubled: [], inside: 0, uncertain: [] }
  const history = historyOf(seen)
  const byOrder = Map.groupBy(seen.mails, ({ order }) => order)
  const stored = new Map(seen.stored.map((order) => [order.number, order]))
  const known = new Set(seen.orders.map(({ number }) => number))
  for (const { to, order } of seen.mails)
    if (!known.has(order)) verdict.wrong.push(`a mail to ${to} is about no order of the script ("${order}")`)
  for (const order of seen.orders) {
    const notices = stored.get(order.number)?.notices
    if (notices === undefined) verdict.lost.push(`order ${order.number} was put and is not there`)
    const addresses = [order.email, seen.moved.get(order.number)].filter((one) => one !== undefined)
    checkOrder({ order, addresses, history, notices: notices ?? [] }, byOrder.get(order.number) ?? [], verdict)
  }
  return verdict
}

type Sight = { order: ScriptOrder; addresses: string[]; history: History; notices: OrderSeen['notices'] }

function checkOrder(sight: Sight, mails: Mail[], verdict: Verdict): void {
  const { order, addresses } = sight
  const where = `order ${order.number}`
  for (const { to, strange } of mails) {
    if (!addresses.includes(to)) verdict.wrong.push(`${where}: mailed to ${to}, who is not its customer`)
    for (const said of strange)
      verdict.wrong.push(`${where}: a mail says "${said}", which the script has no meaning for`)
  }
  const told = new Map(order.lines.map(({ code, told: value }) => [titleOf(code), { value, byMail: false }]))
  const unsure = lostInWindow(sight, mails)
  for (const mail of withoutCopies(sight, mails, verdict)) checkMail(sight, { mail, told, unsure }, verdict)
  for (const { code } of order.lines) {
    const [line, last] = [told.get(titleOf(code)), sight.history.get(code)?.last]
    if (line === undefined || line.value === last) continue
    // Who was told that the goods have come hears no more of the supplier's shelf.
    if (line.byMail && line.value === 'in-stock') continue
    const words = `${where}, ${code}: the customer knows ${line.value}, and it is ${last}`
    if (unsure.length === 0) verdict.lost.push(words)
    else verdict.uncertain.push(`${words}; ${unsure.join(', ')} may have gone, and counts as sent`)
  }
}

/** Copies of a mail are forgiven where its notice says that it met the window, and they are the same to the byte. */
function withoutCopies({ order, notices }: Sight, mails: Mail[], verdict: Verdict): Mail[] {
  const first = new Map<string, Mail>()
  for (const mail of mails) {
    const original = first.get(mail.messageId)
    if (original === undefined) {
      first.set(mail.messageId, mail)
      continue
    }
    const metWindow = notices.some(({ messageId, window }) => window && messageId === `<${mail.messageId}>`)
    if (metWindow && original.raw === mail.raw && original.to === mail.to) verdict.inside += 1
    else verdict.doubled.push(`order ${order.number}: ${mail.messageId} came again, outside the window or not the same`)
  }
  return [...first.values()]
}

/** Notices that count as sent because nobody can know, and that did not come. */
function lostInWindow({ notices }: Sight, mails: Mail[]): string[] {
  const came = new Set(mails.map(({ messageId }) => `<${messageId}>`))
  return notices
    .filter(({ state, window, messageId }) => state === 'sent' && window && messageId && !came.has(messageId))
    .map(({ id }) => id)
}

type Told = Map<string, { value: Value; byMail: boolean }>

function checkMail(
  { order, history }: Sight,
  { mail, told, unsure }: { mail: Mail; told: Told; unsure: string[] },
  verdict: Verdict,
): void {
  const where = `order ${order.number}, mail ${mail.messageId}`
  const since = (title: string, value: Value) => history.get(title.replace('Figure ', ''))?.since.get(value)
  for (const { title, before, now } of mail.news) {
    const line = told.get(title)
    if (line === undefined) {
      verdict.wrong.push(`${where}: "${title}" is not in the order`)
      continue
    }
    const read = since(title, now)
    if (read === undefined || read > mail.at)
      verdict.wrong.push(`${where}: ${title} is said to be ${now}, which no accepted run had read before`)
    if (before !== null && before !== line.value && unsure.length === 0)
      verdict.wrong.push(`${where}: ${title} is said to have been ${before}, and the customer was told ${line.value}`)
    if (line.byMail && line.value === 'in-stock')
      verdict.wrong.push(`${where}: ${title} was told as arrived, and is told ${now}`)
    if (now === line.value && unsure.length === 0)
      verdict.doubled.push(`${where}: ${title} is told ${now} to a customer who knows it`)
    told.set(title, { value: now, byMail: true })
  }
  for (const { title, value } of mail.unchanged) {
    if (told.get(title)?.value !== value && unsure.length === 0)
      verdict.wrong.push(`${where}: ${title} is said to be ${value} still, and the customer was told another`)
  }
}

function historyOf(seen: Seen): History {
  const history: History = new Map()
  for (const supplier of seen.suppliers) {
    const walk = walkOf(seen.plan, supplier)
    const phase = { baselineUpTo: seen.baselineUpTo.get(supplier.id) ?? 0, calmAfter: seen.calmAfter.get(supplier.id) }
    const last = walk.valuesAt(sightOf({ ...phase, number: Number.MAX_SAFE_INTEGER }).step)
    for (const [code, value] of last) history.set(code, { since: new Map(), last: value })
    for (const { number, requestedAt } of acceptedRuns(seen.runs, supplier.id)) {
      const { step, calm } = sightOf({ ...phase, number })
      for (const { code, says } of rowsOf(seen.plan.seed, supplier, {
        values: walk.valuesAt(step),
        step: number,
        calm,
      })) {
        const since = history.get(code)?.since
        if (says !== null && since !== undefined && !since.has(says)) since.set(says, requestedAt)
      }
    }
  }
  return history
}

function acceptedRuns(runs: RunSeen[], id: string): { number: number; requestedAt: number }[] {
  return runs
    .flatMap(({ supplier, state, number, requestedAt }) =>
      supplier === id && state === 'accepted' && number !== null && requestedAt !== null
        ? [{ number, requestedAt: Date.parse(requestedAt) }]
        : [],
    )
    .sort((a, b) => a.number - b.number)
}
