import { mailLanguages } from '#core/domain/language.ts'
import { newsKinds } from '#core/domain/news.ts'
import type { NoticeContent } from '#core/domain/news.ts'
import { newsOf, notice } from '#templates/examples.ts'
import { makeRenderer } from '#templates/render.ts'
import { measureMailer } from './mailer.ts'

/**
 * Mails that one core words and lays out in a second, of all kinds and languages: `npm run bench -- mail`. Counted by
 * the time of the processor, not by the clock, for other processes take their share of that. Then what sending them
 * through the mailer costs beside a bare pool.
 */
const least = 20_000
const { render } = await makeRenderer({
  name: 'Figurkov',
  url: 'https://shop.example/',
  contact: 'podpora@shop.example',
  logo: { url: 'https://shop.example/logo.png', width: 160 },
  footer: 'Po–pá 9–17',
  legal: 'Figurkov s.r.o., Dlouhá 1, 110 00 Praha 1, IČO 12345678',
})

for (const [lines, mails, bound] of [
  [1, 40_000, least],
  [3, 40_000, least],
  [50, 2_000, 0],
] as const) {
  const contents = contentsOf(lines)
  renderAll(contents, mails / 4)
  const begun = process.cpuUsage()
  const bytes = renderAll(contents, mails)
  const { user, system } = process.cpuUsage(begun)
  const rate = mails / ((user + system) / 1e6)
  const isEnough = rate >= bound
  if (!isEnough) process.exitCode = 1
  console.log(`${isEnough ? 'ok' : '!!'}  mails of ${`${lines} lines`.padEnd(8)}  ${Math.round(rate)} a second of one core  (${bound ? `at least ${bound}` : 'no bound'})  ${(bytes / mails / 1000).toFixed(1)} kB of html`) // prettier-ignore
}

const [first = notice({ news: [] }), ...more] = contentsOf(1)
const { ours, bare } = await measureMailer(render, { contents: [first, ...more], mails: 3_000 })
const isFast = ours / bare >= 0.8
if (!isFast) process.exitCode = 1
console.log(`${isFast ? 'ok' : '!!'}  the mailer / a bare pool sending one constant mail  ${(ours / bare).toFixed(2)}  (at least 0.8)  ${Math.round(ours)} / ${Math.round(bare)} mails a second`) // prettier-ignore

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

function renderAll(contents: NoticeContent[], mails: number): number {
  let bytes = 0
  for (let i = 0; i < mails; i += 1) {
    const content = contents[i % contents.length]
    // Its bytes are asked for, as a message does: until then the text is only a list of its pieces.
    if (content !== undefined) bytes += Buffer.byteLength(render(content).html)
  }
  return bytes
}
