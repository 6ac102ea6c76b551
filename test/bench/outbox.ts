import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createTransport } from 'nodemailer'
import { makeMailer } from '#notifier/mailer.ts'
import { startSender } from '#notifier/sender.ts'
import { makeRenderer } from '#templates/render.ts'
import { until } from '#test/support/until.ts'
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
    await world.store.shopSettings.setSendingMode('live')
    const { render } = await makeRenderer({ name: 'Bench' })
    const from = 'Bench <bench@example.com>'
    const mailer = makeMailer({ url: smtp, from })
    const begun = performance.now()
    const sender = startSender(world.context, { sending: { mailer, render, from, renewEveryMs: 9_000 }, connections })
    await until('all mails', async () => (await world.store.notices.count('due', 'sending')) === 0, 600)
    const ours = mails / ((performance.now() - begun) / 1000)
    await sender[Symbol.asyncDispose]()
    mailer.close()
    const notice = (await world.store.notices.ofOrder('0'))[0]
    if (notice?.state !== 'sent' || notice.message === undefined) throw new Error(`the notice is ${notice?.state}`)
    const { subject, html, text } = notice.message
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
