import PQueue from 'p-queue'
import type { Context } from './context.ts'
import { MailServerAway } from './mail-connections.ts'
import type { Mailer } from './mailer.ts'
import type { Line } from './sending.ts'

const lookEveryMs = 1_000
const longestRestMs = 60_000
/** So many mails a connection are made ready, or are handed over, at a time at most. */
const readyEach = 12

export type MailLines = ReturnType<typeof makeMailLines>

/** So many connections to the mail server, each lent for one message, and the rest that all take while it is away. */
export function makeMailLines(context: Context, { mailer, connections }: { mailer: Mailer; connections: number }) {
  const turns = new PQueue({ concurrency: connections })
  // Begins with one each, so that a kill leaves little unsure; many mails in a row are worth more.
  const stage = new PQueue({ concurrency: connections })
  const rest = makeRest(context)

  async function open(): Promise<Line> {
    const line = await mailer.open()
    try {
      await context.incidents.recovered('mail-server', 'mail server')
      return line
    } catch (error) {
      line.giveBack()
      throw error
    }
  }

  return {
    rest,
    async inTurn<T>(send: () => Promise<T>): Promise<T> {
      if (stage.pending === 0) stage.concurrency = connections
      return stage.add(send)
    },

    /** A mail server that is slow has fewer mails made ready for it: what would wait too long is looked at in vain. */
    waited(tooLong: boolean): void {
      const { concurrency } = stage
      stage.concurrency = tooLong
        ? Math.max(connections, Math.floor(concurrency / 2))
        : Math.min(connections * readyEach, concurrency + 1)
    },

    /** Waits for a free connection; throws MailServerAway. */
    async lend<T>(use: (line: Line) => Promise<T>): Promise<T> {
      return turns.add(async () => {
        if (rest.justBegan()) throw new MailServerAway('the mail server has just been found away')
        const line = await open()
        return use(line).finally(() => line.giveBack())
      })
    },

    /** Where another sent what was left, nothing else would tell that the mail server is back. */
    async look(): Promise<void> {
      try {
        const line = await open()
        line.giveBack()
        rest.end()
      } catch (error) {
        if (!(error instanceof MailServerAway)) throw error
        await rest.begin(error)
      }
    },
  }
}

/** The rest that sending takes while the mail server is away, longer each time, and the incident that goes with it. */
function makeRest({ incidents, pauses }: Pick<Context, 'incidents' | 'pauses'>) {
  let times = 0
  let since = 0
  /** Who comes right after need not meet what the first just met. */
  const justBegan = () => times > 0 && performance.now() - since < pauses.restMs
  return {
    isOn: () => times > 0,
    justBegan,
    milliseconds: () => (times === 0 ? lookEveryMs : Math.min(pauses.restMs * 2 ** times, longestRestMs)),
    end(): void {
      times = 0
    },
    async begin(error: MailServerAway): Promise<void> {
      if (justBegan()) return
      times = Math.min(times + 1, 6)
      since = performance.now()
      const hint = 'Check SMTP_URL, SMTP_TLS and the mail server; the notices wait and go by themselves'
      await incidents.open({ kind: 'mail-server', subject: 'mail server', words: error.message, hint })
    },
  }
}
