import { setTimeout as wait } from 'node:timers/promises'
import PQueue from 'p-queue'
import type { Context } from './context.ts'
import { MailServerAway } from './mail-connections.ts'
import type { Sending } from './send-notices.ts'
import { sendNotice } from './send-notices.ts'

const batch = 200
const lookEveryMs = 1_000
const longestRestMs = 60_000

export type Sender = { wake(): void; [Symbol.asyncDispose](): Promise<void> }

/** Sends what is due, for as long as sending is live: ids are read in batches, and claimed one by one. */
export function startSender(
  context: Context,
  { sending, connections }: { sending: Omit<Sending, 'mayStillSend'>; connections: number },
): Sender {
  const queue = new PQueue({ concurrency: connections })
  const stopping = new AbortController()
  let wakeUp = new AbortController()
  const rest = makeRest(context)
  const mayStillSend = async () =>
    !stopping.signal.aborted && (await context.store.shopSettings.sendingMode('hold')) === 'live'
  const running = loop()

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      const found = await sendBatch().catch(trouble)
      if (rest.isOn() || found < batch) await pause(rest.milliseconds())
    }
  }

  /** While the mail server is away one notice is enough to find out when it is back. */
  async function sendBatch(): Promise<number> {
    if (!(await mayStillSend())) return 0
    const ids = await context.store.notices.dueIds(rest.isOn() ? 1 : batch)
    await Promise.all(ids.map((id) => queue.add(() => sendOne(id))))
    return ids.length
  }

  async function sendOne(id: string): Promise<void> {
    if (stopping.signal.aborted || rest.justBegan()) return
    try {
      const line = await sending.mailer.open()
      await context.incidents.recovered('mail-server', 'mail server')
      await sendNotice(context, { ...sending, mayStillSend }, { id, line }).finally(() => line.giveBack())
      rest.end()
    } catch (error) {
      if (error instanceof MailServerAway) await rest.begin(error)
      else trouble(error)
    }
  }

  function trouble(error: unknown): number {
    context.troubles.met(error, 'sending met an error; it goes on')
    return 0
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

/** The rest that sending takes while the mail server is away, longer each time, and the incident that goes with it. */
function makeRest({ incidents }: Pick<Context, 'incidents'>) {
  let times = 0
  let since = 0
  return {
    isOn: () => times > 0,
    /** The rest of a batch need not meet what its first just met. */
    justBegan: () => times > 0 && performance.now() - since < lookEveryMs,
    milliseconds: () => Math.min(lookEveryMs * 2 ** times, longestRestMs),
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
