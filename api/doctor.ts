import type { QueueState } from '#core/broker/parked.ts'
import { many } from '#core/domain/many.ts'
import { isStale } from '#core/domain/silence.ts'
import type { Incident } from '#core/store/incidents.ts'
import type { SendingMode } from '#core/store/shop-settings.ts'
import type { Supplier } from '#core/store/suppliers.ts'
import type { MailSeen } from './mail-check.ts'
import type { MailRecord } from './mail-records/record.ts'

/** One thing that was looked at; `todo` says what to do where it is not well. */
export type Finding = { what: string; ok: boolean; words: string; todo: string | null }

export type Seen = {
  /** Null where the broker does not answer. */
  queues: QueueState[] | null
  suppliers: Supplier[]
  incidents: Incident[]
  mode: SendingMode
  /** Null before any notifier has started. */
  mail: MailSeen | null
  notices: { due: number; held: number; failed: number; suppressed: number; late: number }
  orders: { all: number; late: number }
  now: Date
}

/** So many messages wait only where nobody takes them fast enough. */
const manyWaiting = 1_000

/** What is well and what is not, in the order in which things depend on each other. */
export function examine(seen: Seen): Finding[] {
  return [
    well('store', 'the store answers'),
    ...examineBroker(seen),
    ...examineSuppliers(seen),
    examineSending(seen),
    ...examineTester(seen),
    ...examineMail(seen),
    examineNotices(seen),
    examineOrders(seen),
    ...examineTroubles(seen),
  ]
}

function examineBroker({ queues }: Seen): Finding[] {
  if (queues === null) {
    return [ill('broker', 'the message broker does not answer', 'See npm run status, and AMQP_URL')]
  }
  const readers = (prefix: string) =>
    queues.filter(({ queue }) => queue.startsWith(prefix)).map((state) => state.consumers)
  const parked = queues.filter((state) => state.parked > 0)
  const full = queues.filter((state) => state.waiting > manyWaiting)
  return [
    well('broker', 'the message broker answers'),
    Math.min(...readers('notifier.')) > 0
      ? well('notifier', `${many(Math.min(...readers('notifier.')), 'notifier')} at work`)
      : ill('notifier', 'no notifier takes messages: nothing is judged, planned or mailed', 'See npm run status and npm run logs notifier'), // prettier-ignore
    Math.min(...readers('scraper.')) > 0
      ? well('scraper', `${many(Math.min(...readers('scraper.')), 'scraper')} at work`)
      : ill('scraper', 'no scraper takes requests: no portal is read', 'See npm run status and npm run logs scraper'),
    parked.length === 0
      ? well('parked', 'no message is parked')
      : ill('parked', parked.map((state) => `${many(state.parked, 'message')} parked in ${state.queue}`).join('; '), 'avizo parked list says why; then parked retry or parked drop'), // prettier-ignore
    full.length === 0
      ? well('queues', 'messages are taken as they come')
      : ill('queues', full.map((state) => `${state.waiting} messages wait in ${state.queue}`).join('; '), 'Look at the log of whoever takes them; another notifier may help'), // prettier-ignore
  ]
}

function examineSuppliers({ suppliers, now }: Seen): Finding[] {
  if (suppliers.length === 0) {
    const todo = 'Add a folder in SUPPLIERS_DIR (npm run supplier new), and see that the scraper runs'
    return [ill('suppliers', 'no supplier has been declared', todo)]
  }
  return suppliers.map((supplier) => examineSupplier(supplier, now))
}

function examineSupplier(supplier: Supplier, now: Date): Finding {
  const { id, paused, lastAccepted } = supplier
  const what = `supplier ${id}`
  if (paused?.retired) return well(what, `retired: ${paused.because}`)
  if (paused) return ill(what, `paused: ${paused.because}`, `Mend what it says, then avizo suppliers resume ${id}`)
  if (isStale(supplier, now)) {
    const since = lastAccepted === null ? 'ever' : `since ${lastAccepted.requestedAt.toISOString().slice(0, 16)}Z`
    return ill(what, `no run was accepted ${since}: its dates are old`, `avizo runs --supplier ${id} says why`)
  }
  if (lastAccepted === null) return well(what, 'declared, and not read yet')
  return well(what, `read at ${lastAccepted.requestedAt.toISOString().slice(0, 16)}Z`)
}

function examineSending({ mode, notices }: Seen): Finding {
  if (mode === 'live') return well('sending', 'mails go out')
  const todo = 'avizo go-live mails nobody of what has gathered; avizo sending live mails all of it'
  return ill('sending', `sending stands on ${mode}: ${notices.due} notices wait`, todo)
}

function examineTester({ mail }: Seen): Finding[] {
  if (!mail?.toTester) return []
  const words = 'every mail goes to MAIL_ONLY_TO: customers get none, and what is sent counts as told'
  return [ill('tester', words, 'Take MAIL_ONLY_TO out of the settings, and restart the notifier, to mail customers')]
}

/** Nobody can create a record of such a name (RFC 2606). */
const madeUp = /(^|\.)(example|example\.(com|net|org)|invalid|localhost|test)$/i

function examineMail({ mail }: Seen): Finding[] {
  if (mail === null) return []
  const { domain, hasNetwork, records } = mail
  const what = 'mail records'
  if (madeUp.test(domain)) return [well(what, `not looked at: ${domain} is no domain that anybody has`)]
  if (!hasNetwork) return [well(what, 'not looked at: no name server can be reached from here')]
  const skipped = records.filter(({ state }) => state === 'skipped')
  const unseen = skipped.length === 0 ? '' : `; not looked at: ${sayRecords(skipped)}`
  const wrong = records.filter(({ state }) => state === 'missing' || state === 'wrong')
  if (wrong.length > 0) return [ill(what, `${sayRecords(wrong)}${unseen}`, 'avizo mail check prints what to create')]
  const seen = records.filter(({ state }) => state === 'ok').map((record) => record.what)
  if (seen.length === 0) return [well(what, `not looked at: ${sayRecords(skipped)}`)]
  return [well(what, `no fault is seen in ${seen.join(', ')} of ${domain}${unseen}`)]
}

function sayRecords(records: MailRecord[]): string {
  return records.map((record) => `${record.what}: ${record.words}`).join('; ')
}

function examineNotices({ notices: { held, failed, suppressed, late } }: Seen): Finding {
  const words = `${held} held, ${failed} failed, ${suppressed} suppressed, ${late} late`
  if (failed + late > 0) return ill('notices', words, 'avizo notices --failed says why; avizo incidents what to do')
  return well('notices', words)
}

function examineOrders({ orders: { all, late } }: Seen): Finding {
  if (late === 0) return well('orders', `${all} orders, all looked at`)
  return ill(
    'orders',
    `${late} of ${all} orders wait for their look for too long`,
    'See that a notifier runs, and its log',
  )
}

function examineTroubles({ incidents }: Seen): Finding[] {
  if (incidents.length === 0) return [well('troubles', 'none is open')]
  return incidents.map(({ kind, subject, words, hint }) => ill(`${kind} ${subject}`, words, hint))
}

function well(what: string, words: string): Finding {
  return { what, ok: true, words, todo: null }
}

function ill(what: string, words: string, todo: string): Finding {
  return { what, ok: false, words, todo }
}
