import { setTimeout as wait } from 'node:timers/promises'
import PQueue from 'p-queue'
import { dayOf } from '#core/domain/day.ts'
import type { Context } from './context.ts'
import { MailServerAway } from './mail-connections.ts'
import { makeNoticeJudge } from './judge-notices.ts'
import type { Line, Sending } from './send-notices.ts'
import { sendNotice } from './send-notices.ts'

const batch = 200
const lookEveryMs = 1_000
/** A wave of notices that may not be whole yet is looked at again soon. */
const lookAgainMs = 100
const longestRestMs = 60_000

type Sends = { sending: Omit<Sending, 'mayStillSend'>; connections: number; perMinute?: number }
export type Sender = { wake(): void; [Symbol.asyncDispose](): Promise<void> }

/** Sends what is due, for as long as sending is live: ids are read in batches, and claimed one by one. */
export function startSender(context: Context, { sending, connections, perMinute }: Sends): Sender {
  const rate = perMinute === undefined ? {} : { intervalCap: perMinute, interval: 60_000, carryoverIntervalCount: true }
  const queue = new PQueue({ concurrency: connections, ...rate })
  const stopping = new AbortController()
  let wakeUp = new AbortController()
  const rest = makeRest(context)
  const judge = makeNoticeJudge(context)
  const trouble = (error: unknown) => noteTrouble(context, error)
  let isUnsettled = false
  const mayStillSend = async () =>
    !stopping.signal.aborted && (await context.store.shopSettings.sendingMode('hold')) === 'live'
  const running = loop()

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      const found = await sendBatch().catch(trouble)
      if (rest.isOn() || found < batch) await pause(isUnsettled ? lookAgainMs : rest.milliseconds())
    }
  }

  /** While the mail server is away one notice is enough to find out when it is back. */
  async function sendBatch(): Promise<number> {
    if (!(await mayStillSend())) return 0
    isUnsettled = (await judge()) === 'unsettled'
    const most = Math.min(rest.isOn() ? 1 : batch, perMinute ?? batch, await mailsLeft(context, sending.perDay))
    // What may have been accepted already was counted when it went first.
    const ids = await (most === 0 ? context.store.notices.leftIds(batch) : context.store.notices.dueIds(most))
    if (ids.length === 0 && rest.isOn()) await lookAtServer(context, { mailer: sending.mailer, rest })
    const sent = ids.map((id) => queue.add(() => sendOne(id), { signal: stopping.signal }))
    // What waits for its turn when we stop is let go: it is due for whoever sends next.
    await Promise.all(sent).catch((error: unknown) => stopping.signal.aborted || Promise.reject(error))
    return ids.length
  }

  async function sendOne(id: string): Promise<void> {
    if (stopping.signal.aborted || rest.justBegan()) return
    try {
      const line = await openLine(context, sending.mailer)
      await sendNotice(context, { ...sending, mayStillSend }, { id, line }).finally(() => line.giveBack())
      rest.end()
    } catch (error) {
      if (error instanceof MailServerAway) await rest.begin(error)
      else trouble(error)
    }
  }

  async function pause(milliseconds: number): Promise<void> {
    wakeUp = new AbortController()
    const signal = AbortSignal.any([wakeUp.signal, stopping.signal])
    await wait(milliseconds, undefined, { signal }).catch(() => {})
  }

  return {
    wake: () => void (rest.isOn() || wakeUp.abort()),
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await running
    },
  }
}

async function openLine({ incidents }: Context, mailer: Sending['mailer']): Promise<Line> {
  const line = await mailer.open()
  try {
    await incidents.recovered('mail-server', 'mail server')
    return line
  } catch (error) {
    line.giveBack()
    throw error
  }
}

type Looking = { mailer: Sending['mailer']; rest: ReturnType<typeof makeRest> }

/** Where another sent what was left, nothing else would tell that the mail server is back. */
async function lookAtServer(context: Context, { mailer, rest }: Looking): Promise<void> {
  try {
    const line = await openLine(context, mailer)
    line.giveBack()
    rest.end()
  } catch (error) {
    if (!(error instanceof MailServerAway)) throw error
    await rest.begin(error)
  }
}

function noteTrouble({ troubles }: Pick<Context, 'troubles'>, error: unknown): number {
  troubles.met(error, 'sending met an error; it goes on')
  return 0
}

/** Of a day's limit what is left now; an incident stands while nothing is. */
async function mailsLeft({ store, incidents, shop, now }: Context, perDay: number | undefined): Promise<number> {
  if (perDay === undefined) return batch
  const left = await store.shopSettings.mailsLeft(dayOf(now(), shop.timeZone), perDay)
  if (left > 0) await incidents.recovered('mail-limit', 'mail server')
  else if ((await store.notices.dueIds(1)).length > 0) await incidents.open(limitReached(perDay))
  return left
}

function limitReached(perDay: number) {
  const words = `the ${perDay} mails of a day (MAILS_PER_DAY) are sent; the others wait until tomorrow`
  return {
    kind: 'mail-limit',
    subject: 'mail server',
    words,
    hint: 'Raise MAILS_PER_DAY if the mail server takes more',
  }
}

/** The rest that sending takes while the mail server is away, longer each time, and the incident that goes with it. */
function makeRest({ incidents, pauses }: Pick<Context, 'incidents' | 'pauses'>) {
  let times = 0
  let since = 0
  return {
    isOn: () => times > 0,
    /** The rest of a batch need not meet what its first just met. */
    justBegan: () => times > 0 && performance.now() - since < pauses.restMs,
    milliseconds: () => (times === 0 ? lookEveryMs : Math.min(pauses.restMs * 2 ** times, longestRestMs)),
    end(): void {
      times = 0
    },
    async begin(error: MailServerAway): Promise<void> {
      times = Math.min(times + 1, 6)
      since = performance.now()
      const hint = 'Check SMTP_URL and the mail server; the notices wait and go by themselves'
      await incidents.open({ kind: 'mail-server', subject: 'mail server', words: error.message, hint })
    },
  }
}
