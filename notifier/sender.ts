import { setTimeout as wait } from 'node:timers/promises'
import { dayOf } from '#core/domain/day.ts'
import type { Context } from './context.ts'
import { makeNoticeJudge } from './judge-notices.ts'
import { makeMailLines } from './mail-lines.ts'
import type { Mailer } from './mailer.ts'
import { makeNoticeQueue } from './notice-queue.ts'
import type { Mailing } from './sending.ts'

const batch = 200
/** A wave of notices that may not be whole yet is looked at again soon. */
const lookAgainMs = 100
/** Off must stop within a second. */
const modeForMs = 500

type Sends = {
  sending: Mailing & { mailer: Mailer }
  connections: number
  perMinute?: number
  /** A stop lets come to its end what is on its way, for so long: half of what a process has to stop. */
  letGoAfterMs?: number
}
export type Sender = { wake(): void; [Symbol.asyncDispose](): Promise<void> }

/** Sends what is due, for as long as sending is live: ids are read in batches, and claimed one by one. */
export function startSender(
  context: Context,
  { sending, connections, perMinute, letGoAfterMs = 10_000 }: Sends,
): Sender {
  const { store, troubles } = context
  const stopping = new AbortController()
  const mode = remembered(modeForMs, () => store.shopSettings.sendingMode('hold'))
  const mayStillSend = async () => !stopping.signal.aborted && (await mode()) === 'live'
  const lines = makeMailLines(context, { mailer: sending.mailer, connections, stopping: stopping.signal })
  const notices = makeNoticeQueue(context, {
    sending: { ...sending, mayStillSend },
    lines,
    connections,
    ...(perMinute && { perMinute }),
    stopping: stopping.signal,
  })
  const judge = makeNoticeJudge(context)
  const pause = makePause(stopping.signal)
  const { rest } = lines
  let isUnsettled = false
  const running = loop()

  async function loop(): Promise<void> {
    await rest.resume().catch(met)
    while (!stopping.signal.aborted) {
      const found = (await sendBatch().catch(met)) ?? 0
      if (rest.isOn() || found < batch) await pause.last(isUnsettled ? lookAgainMs : rest.milliseconds())
    }
    await notices.idle()
  }

  function met(error: unknown): void {
    troubles.met(error, 'sending met an error; it goes on')
  }

  /** While the mail server is away one notice is enough to find out when it is back. */
  async function sendBatch(): Promise<number> {
    if (!(await mayStillSend())) return 0
    isUnsettled = (await judge()) === 'unsettled'
    const left = await mailsLeft(context, { perDay: sending.perDay, isIdle: notices.size() === 0 })
    const most = Math.min(rest.isOn() ? 1 : batch, perMinute ?? batch, left)
    // What may have been accepted already was counted when it went first.
    const ids = await (most === 0 ? store.notices.leftIds(batch) : store.notices.dueIds(most + notices.size()))
    const added = notices.add(ids)
    if (ids.length === 0 && rest.isOn()) await lines.look()
    // The next ones are read while the last of these are sent; at rest, after it was seen how this one went.
    await (rest.isOn() ? pause.until(added, rest.longestMs) : notices.fewWait(batch / 2))
    return added.length
  }

  return {
    wake: () => void (rest.isOn() || pause.end()),
    async [Symbol.asyncDispose]() {
      stopping.abort()
      const hangs = setTimeout(() => sending.mailer.close(), letGoAfterMs)
      await running
      clearTimeout(hangs)
    },
  }
}

/** A pause that ends early where there is something to do, or nothing any more. */
function makePause(stopping: AbortSignal) {
  let ending = new AbortController()

  async function last(milliseconds: number): Promise<void> {
    ending = new AbortController()
    const signal = AbortSignal.any([ending.signal, stopping])
    await wait(milliseconds, undefined, { signal }).catch(() => {})
  }

  return {
    last,
    /** Until all of this is done, but no longer than that: some of it may hang. */
    async until(done: Promise<void>[], mostMs: number): Promise<void> {
      await Promise.race([Promise.all(done), last(mostMs)])
      ending.abort()
    },
    end: () => ending.abort(),
  }
}

type Limit = { perDay: number | undefined; isIdle: boolean }

/** Of a day's limit what is left now; an incident stands while nothing is, and none of it may be given back still. */
async function mailsLeft({ store, incidents, shop, now }: Context, { perDay, isIdle }: Limit): Promise<number> {
  if (perDay === undefined) return batch
  const left = await store.shopSettings.mailsLeft(dayOf(now(), shop.timeZone), perDay)
  if (left > 0) await incidents.recovered('mail-limit', 'mail server')
  else if (isIdle && (await store.notices.dueIds(1)).length > 0) await incidents.open(limitReached(perDay))
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

/** Asks once in a while only, and lets all who ask meanwhile have the same answer; an old answer is asked for again. */
function remembered<T>(milliseconds: number, ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined
  let askedAt = -Infinity
  const isOld = () => performance.now() - askedAt >= milliseconds

  function current(): Promise<T> {
    if (answer === undefined || isOld()) {
      askedAt = performance.now()
      answer = ask()
      answer.catch(() => (answer = undefined))
    }
    return answer
  }

  return async () => {
    const said = await current()
    return isOld() ? current() : said
  }
}
