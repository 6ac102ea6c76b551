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

/** Mails a second of the outbox (claim, look, send, mark, told) and of a bare pool, to the same server. */
export async function measureOutbox(url: string, mails: number): Promise<{ ours: number; bare: number; size: number }> {
  const sink = fork('test/bench/sink.ts')
  const [port] = (await once(sink, 'message')) as [number]
  const smtp = `smtp://127.0.0.1:${port}`
  try {
    await using world = await makeBenchWorld(url, mails)
    await planChanges(world, { changes: mails, lines: mails })
    // Judged before: what is measured is claim, look, send, mark and told.
    await world.store.notices.pass(await world.store.notices.unjudged(mails))
    await world.store.shopSettings.setSendingMode('live')
    const { render } = await makeRenderer({ name: 'Bench' })
    const from = 'Bench <bench@example.com>'
    const mailer = makeMailer({ server: { url: smtp, tls: 'none' }, returnPath: 'bench@example.com' })
    const begun = performance.now()
    const sender = startSender(world.context, { sending: { mailer, render, from, renewEveryMs: 9_000 }, connections })
    // Counting thousands costs the store something: not as often as it could.
    while ((await world.store.notices.count('due', 'sending')) > 0) await wait(250)
    const ours = mails / ((performance.now() - begun) / 1000)
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
