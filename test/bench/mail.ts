import { setFlagsFromString } from 'node:v8'
import { mailLanguages } from '#core/domain/language.ts'
import { newsKinds } from '#core/domain/news.ts'
import type { NoticeContent } from '#core/domain/news.ts'
import { newsOf, notice } from '#templates/examples.ts'
import type { MailRenderer } from '#templates/render.ts'
import { makeRenderer } from '#templates/render.ts'
import { measureMailer } from './mailer.ts'

/** So many mails a second a core words at the least, of one line or of three. */
const least = 20_000
/** Of the speed of a bare pool. */
const leastOfPool = 0.8

/**
 * Mails that one core words and lays out in a second, of all kinds and languages; counted by the time of the processor,
 * not by the clock, for other processes take their share of that. Then what sending them through the mailer costs
 * beside a bare pool. True where all is fast enough.
 */
export async function measureMail(): Promise<boolean> {
  // By what it saw of this process's start the engine may take mails, each of which is gone at once, for long-lived: then
  // collecting them costs as much as wording them, in some runs and not in others. Sending has no such two speeds.
  setFlagsFromString('--no-allocation-site-pretenuring')
  const { render } = await makeRenderer({
    name: 'Figurkov',
    url: 'https://shop.example/',
    contact: 'podpora@shop.example',
    logo: { url: 'https://shop.example/logo.png', width: 160 },
    footer: 'Po–pá 9–17',
    legal: 'Figurkov s.r.o., Dlouhá 1, 110 00 Praha 1, IČO 12345678',
  })
  const isFast = [
    measureWording(render, { lines: 1, mails: 40_000, bound: least }),
    measureWording(render, { lines: 3, mails: 40_000, bound: least }),
    measureWording(render, { lines: 50, mails: 2_000, bound: 0 }),
    await measureSending(render),
  ]
  return !isFast.includes(false)
}

type Render = MailRenderer['render']
type Case = { lines: number; mails: number; bound: number }

function measureWording(render: Render, { lines, mails, bound }: Case): boolean {
  const contents = contentsOf(lines)
  renderAll(render, contents, mails / 4)
  const begun = process.cpuUsage()
  const bytes = renderAll(render, contents, mails)
  const { user, system } = process.cpuUsage(begun)
  const rate = mails / ((user + system) / 1e6)
  const isEnough = rate >= bound
  console.log(`${isEnough ? 'ok' : '!!'}  mails of ${`${lines} lines`.padEnd(8)}  ${Math.round(rate)} a second of one core  (${bound ? `at least ${bound}` : 'no bound'})  ${(bytes / mails / 1000).toFixed(1)} kB of html`) // prettier-ignore
  return isEnough
}

async function measureSending(render: Render): Promise<boolean> {
  const [first = notice({ news: [] }), ...more] = contentsOf(1)
  const { ours, bare } = await measureMailer(render, { contents: [first, ...more], mails: 3_000 })
  const isEnough = ours / bare >= leastOfPool
  console.log(`${isEnough ? 'ok' : '!!'}  the mailer / a bare pool sending one constant mail  ${(ours / bare).toFixed(2)}  (at least ${leastOfPool})  ${Math.round(ours)} / ${Math.round(bare)} mails a second`) // prettier-ignore
  return isEnough
}

function contentsOf(lines: number): NoticeContent[] {
  const title = 'Hatsune Miku 15th Anniversary 1/7 Scale Figure'
  return mailLanguages.flatMap((language) =>
    newsKinds.map((kind) =>
      notice({
        language,
        order: { number: '10042', url: 'https://shop.example/o/10042' },
        customer: { name: 'Jana Nováková' },
        news: Array.from({ length: lines }, (_, line) => newsOf(kind, { line: `${line}`, title })),
      }),
    ),
  )
}

function renderAll(render: Render, contents: NoticeContent[], mails: number): number {
  let bytes = 0
  for (let i = 0; i < mails; i += 1) {
    const content = contents[i % contents.length]
    // Its bytes are asked for, as a message does: until then the text is only a list of its pieces.
    if (content !== undefined) bytes += Buffer.byteLength(render(content).html)
  }
  return bytes
}
