import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createTransport } from 'nodemailer'
import type { NoticeContent } from '#core/domain/news.ts'
import { makeMailer } from '#notifier/mailer.ts'
import type { RenderedMail } from '#templates/render.ts'

const connections = 5
const from = 'Bench <bench@example.com>'

/** Mails a second through the mailer, worded one by one, and of a bare pool that sends one of them again and again. */
export async function measureMailer(
  render: (content: NoticeContent) => RenderedMail,
  { contents, mails }: { contents: [NoticeContent, ...NoticeContent[]]; mails: number },
): Promise<{ ours: number; bare: number }> {
  const sink = fork('test/bench/sink.ts')
  const [port] = (await once(sink, 'message')) as [number]
  const url = `smtp://127.0.0.1:${port}`
  const mailer = makeMailer({ server: { url, tls: 'none' }, returnPath: 'bench@example.com' })
  const pool = createTransport({ pool: true, url, maxConnections: connections, maxMessages: Infinity } as object)
  const [first] = contents
  const constant = { from, ...render(first) }

  async function sendOurs(i: number): Promise<void> {
    const { subject, html, text } = render(contents[i % contents.length] ?? first)
    const to = `customer-${i}@example.com`
    const mail = { from, to: { address: to }, subject, html, text, messageId: `<${i}@example.com>`, date: new Date() }
    const raw = await mailer.compose(mail)
    const line = await mailer.open()
    const { kind } = await line.hand({ to, raw })
    line.giveBack()
    if (kind !== 'accepted') throw new Error(`mail ${i} was ${kind}`)
  }

  try {
    const sendBare = async (i: number) => void (await pool.sendMail({ ...constant, to: `customer-${i}@example.com` }))
    // Both are warm when they are measured.
    await perSecond(mails / 4, sendOurs)
    await perSecond(mails / 4, sendBare)
    return { ours: await perSecond(mails, sendOurs), bare: await perSecond(mails, sendBare) }
  } finally {
    mailer.close()
    pool.close()
    sink.disconnect()
  }
}

async function perSecond(mails: number, send: (i: number) => Promise<void>): Promise<number> {
  let next = 0
  const begun = performance.now()
  const work = async () => {
    while (next < mails) await send(next++)
  }
  await Promise.all(Array.from({ length: connections }, work))
  return mails / ((performance.now() - begun) / 1000)
}
