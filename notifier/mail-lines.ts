import PQueue from 'p-queue'
import type { Context } from './context.ts'
import { MailServerAway } from './mail-connections.ts'
import type { Mailer } from './mailer.ts'
import { makeRefusals } from './refusals.ts'
import type { Line } from './sending.ts'

const lookEveryMs = 1_000
/** Longer than what the mail server did not take waits to go again. */
const soonSeconds = 60
/** So many times the first one. */
const longestRest = 60
/** So many mails a connection are looked at and worded ahead, at most. */
const aheadEach = 24
/** So many a connection are noted as handed over: the one that it sends, and the two that follow. */
const nextEach = 3

/** Another has just found out; this one did not try. */
export class StillAway extends MailServerAway {
  override name = 'StillAway'
}

export type MailLines = ReturnType<typeof makeMailLines>
type LineParts = { mailer: Mailer; connections: number; stopping: AbortSignal }

/** So many connections to the mail server, each lent for one message, and the rest that all take while it is away. */
export function makeMailLines(context: Context, { mailer, connections, stopping }: LineParts) {
  const turns = new PQueue({ concurrency: connections })
  // Who waits behind a mail server that hangs is let go, as nothing was handed over yet.
  stopping.addEventListener('abort', () => turns.clear(), { once: true })
  const next = new PQueue({ concurrency: connections * nextEach })
  const { store } = context
  const rest = makeRest(context)
  const weigh = makeRefusals()

  function weighed({ hand, ...line }: Line): Line {
    return { ...line, hand: async (message, mayGo) => weigh(await hand(message, mayGo), message.to) }
  }

  return {
    rest,
    ...makeAhead(connections),
    next: <T>(send: () => Promise<T>) => next.add(send),

    /** Waits for a free connection; throws MailServerAway, or that sending stops. */
    async lend<T>(use: (line: Line) => Promise<T>): Promise<T> {
      stopping.throwIfAborted()
      return turns.add(async () => {
        if (rest.justBegan()) throw new StillAway('the mail server has just been found away')
        const line = await mailer.open()
        return use(weighed(line)).finally(() => line.giveBack())
      })
    },

    /**
     * Where another sent what was left, nothing else would tell that the mail server is back. That it answers is less than
     * that it takes a message: as long as one is to go soon, it is that which tells.
     */
    async look(): Promise<void> {
      if ((await store.notices.lateOnes(-soonSeconds)).count > 0) return
      try {
        const line = await mailer.open()
        line.giveBack()
        await rest.end()
      } catch (error) {
        if (!(error instanceof MailServerAway)) throw error
        await rest.begin(error)
      }
    },
  }
}

/** How many mails are looked at and worded ahead. */
function makeAhead(connections: number) {
  const queue = new PQueue({ concurrency: connections })
  return {
    /** One a connection at first; many mails in a row are worth more. */
    async ahead<T>(prepare: () => Promise<T>): Promise<T> {
      if (queue.pending === 0) queue.concurrency = connections
      return queue.add(prepare)
    },

    /** A mail server that is slow has fewer mails made ready for it: what would wait too long is looked at in vain. */
    waited(tooLong: boolean): void {
      const { concurrency } = queue
      queue.concurrency = tooLong
        ? Math.max(connections, Math.floor(concurrency / 2))
        : Math.min(connections * aheadEach, concurrency + 1)
    },

    /** How many are made ready at the same time at present. */
    mostAhead: () => queue.concurrency,
  }
}

const incident = {
  kind: 'mail-server',
  subject: 'mail server',
  hint: 'Check SMTP_URL, SMTP_TLS and the mail server; the notices wait and go by themselves',
}

/** The rest that sending takes while the mail server is away, longer each time, and the incident that goes with it. */
function makeRest({ store, incidents, pauses }: Pick<Context, 'store' | 'incidents' | 'pauses'>) {
  const longestMs = pauses.restMs * longestRest
  let times = 0
  let since = 0
  /** Who comes right after need not meet what the first just met. */
  const justBegan = () => times > 0 && performance.now() - since < pauses.restMs
  return {
    isOn: () => times > 0,
    longestMs,
    justBegan,
    milliseconds: () => (times === 0 ? lookEveryMs : Math.min(pauses.restMs * 2 ** times, longestMs)),
    /** A notifier that is gone may have left its incident, and nobody else would find that it is over. */
    async resume(): Promise<void> {
      if ((await store.incidents.openOnes()).some(({ kind }) => kind === incident.kind)) times = 1
    },
    /** The server answered for a message, or nobody has one for it. */
    async end(): Promise<void> {
      times = 0
      await incidents.recovered(incident.kind, incident.subject)
    },
    async begin(error: MailServerAway): Promise<void> {
      if (justBegan() || error instanceof StillAway) return
      times = Math.min(times + 1, 6)
      since = performance.now()
      await incidents.open({ ...incident, words: error.message })
    },
  }
}
