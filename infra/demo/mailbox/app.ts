import { EventEmitter, once } from 'node:events'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Served } from '../serve.ts'
import { serveApp } from '../serve.ts'
import { makeMailApi, makeMailControl } from './api.ts'
import { makeFaultSwitch } from './faults.ts'
import type { FaultSwitch } from './faults.ts'
import { openMailKeep } from './keep.ts'
import type { MailKeep } from './keep.ts'
import { makeMailPages } from './pages.ts'
import { serveSmtp } from './smtp.ts'

/** Page, API and control face of the mailbox. */
export function makeMailbox({ keep, faultSwitch }: { keep: MailKeep; faultSwitch: FaultSwitch }) {
  const app = new Hono()
  app.use(bodyLimit({ maxSize: 1024 * 1024 }))
  app.route('/api/v1', makeMailApi(keep))
  app.route('/control', makeMailControl(faultSwitch))
  app.route('/', makeMailPages({ keep, faultSwitch }))
  return app
}

export type ServedMailbox = Served & {
  smtpUrl: string
  keep: MailKeep
  faultSwitch: FaultSwitch
  /** Resolves as soon as there are so many mails; rejects when they aren't in time. */
  waitForMessages(count: number, milliseconds?: number): Promise<void>
}

type Options = { smtpPort: number; webPort: number; folder?: string; most?: number }

/** The mailbox on two ports of loopback; port 0 takes any free one. */
export async function serveMailbox({ smtpPort, webPort, folder, most = 5000 }: Options): Promise<ServedMailbox> {
  const keep = await openMailKeep({ folder, most })
  const faultSwitch = makeFaultSwitch()
  const arrivals = new EventEmitter()
  const smtp = await serveSmtp({ keep, faultSwitch, port: smtpPort, received: () => arrivals.emit('mail') })
  const web = await serveApp(makeMailbox({ keep, faultSwitch }), webPort).catch(async (error: unknown) => {
    await smtp.close()
    throw error
  })
  return {
    url: web.url,
    smtpUrl: smtp.smtpUrl,
    keep,
    faultSwitch,
    async waitForMessages(count, milliseconds = 60_000) {
      const signal = AbortSignal.timeout(milliseconds)
      while (keep.count() < count) {
        await once(arrivals, 'mail', { signal }).catch(() => {
          throw new Error(`${keep.count()} of ${count} mails came within ${milliseconds} ms`)
        })
      }
    },
    close: async () => void (await Promise.all([smtp.close(), web.close()])),
  }
}
