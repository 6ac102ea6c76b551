import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import PostalMime from 'postal-mime'
import { makeMailer } from '#notifier/mailer.ts'
import { startSender } from '#notifier/sender.ts'
import { makeRenderer } from '#templates/render.ts'
import { makeBenchWorld, planChanges } from './world.ts'

const connections = 5
/** Sent before it is measured: the bare pool, which comes second, finds the same code warm. */
const warmingShare = 0.2

/** Mails a second of the outbox (claim, look, send, mark, told) and of a bare pool, to the same server. */
export async function measureOutbox(url: string, mails: number): Promise<{ ours: number; bare: number; size: number }> {
  const sink = fork('test/bench/sink.ts')
  const [port] = (await once(sink, 'message')) as [number]
  const smtp = `smtp://127.0.0.1:${port}`
  try {
    const all = Math.ceil(mails * (1 + warmingShare))
    await using world = await makeBenchWorld(url, all)
    await planChanges(world, { changes: all, lines: all })
    // Judged before: what is measured is claim, look, send, mark and told.
    await world.store.notices.pass(await world.store.notices.unjudged(all))
    await world.store.shopSettings.setSendingMode('live')
    const { render } = await makeRenderer({ name: 'Bench' })
    const from = 'Bench <bench@example.com>'
    const mailer = makeMailer({ server: { url: smtp, tls: 'none' }, returnPath: 'bench@example.com' })
    const sender = startSender(world.context, { sending: { mailer, render, from, renewEveryMs: 9_000 }, connections })
    const measured = await noMoreThan(mails, world)
    const begun = performance.now()
    await noMoreThan(0, world)
    const ours = measured / ((performance.now() - begun) / 1000)
    await sender[Symbol.asyncDispose]()
    mailer.close()
    const notice = (await world.store.notices.ofOrder('0'))[0]
    const message = (await world.store.notices.get(notice?.id ?? ''))?.message
    if (notice?.state !== 'sent' || message?.raw === undefined) throw new Error(`the notice is ${notice?.state}`)
    const { subject = '', html = '', text = '' } = await PostalMime.parse(message.raw)
    const bare = await sendBare(smtp, { mails, mail: { from, subject, html, text } })
    return { ours, bare, size: Buffer.byteLength(html) + Buffer.byteLength(text) }
  } finally {
    sink.disconnect()
  }
}

/** Until no more are left to be sent; gives how many are. Counting thousands costs the store: not as often as it could. */
async function noMoreThan(most: number, { store }: Awaited<ReturnType<typeof makeBenchWorld>>): Promise<number> {
  for (;;) {
    const left = await store.notices.count('due', 'sending')
    if (left <= most) return left
    await wait(250)
  }
}

type Constant = { mails: number; mail: { from: string; subject: string; html: string; text: string } }

async function sendBare(url: string, { mails, mail }: Constant): Promise<number> {
  const pool = createTransport({ pool: true, url, maxConnections: connections, maxMessages: Infinity } as object)
  const begun = performance.now()
  await Promise.all(
    Array.from({ length: mails }, (_, i) => pool.sendMail({ ...mail, to: `customer-${i}@example.com` })),
  )
  const perSecond = mails / ((performance.now() - begun) / 1000)
  pool.close()
  return perSecond
}
