import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import PostalMime from 'postal-mime'
import { makeMailer } from '#notifier/mailer.ts'
import { newsOf, notice } from '#templates/examples.ts'
import { makeRenderer } from '#templates/render.ts'
import { hostileTexts } from '#test/support/hostile-texts.ts'

/** Nothing from outside makes a header of its own, another recipient, or the end of a message. */
const mailer = makeMailer({ server: { url: 'smtp://127.0.0.1:1', tls: 'none' }, returnPath: 'info@shop.example' })
after(() => mailer.close())
const { render } = await makeRenderer({ name: 'Figurkov' })

async function composeWith(text: string): Promise<string> {
  const content = notice({
    language: 'en',
    order: { number: text },
    customer: { name: text },
    news: [newsOf('delayed', { title: text })],
    others: [],
  })
  const raw = await mailer.compose({
    ...render(content),
    from: 'Figurkov, s.r.o. <info@shop.example>',
    to: { name: text, address: 'jana@example.com' },
    messageId: '<avizo.1@shop.example>',
    date: new Date('2030-01-01T12:00:00Z'),
  })
  return Buffer.from(raw).toString()
}

const headersOf = (raw: string) => raw.slice(0, raw.indexOf('\r\n\r\n'))
const namesOf = (raw: string) => headersOf(raw).split(/\r\n(?![ \t])/).map((line) => line.slice(0, line.indexOf(':'))) // prettier-ignore
const plain = namesOf(await composeWith('x'))

for (const text of [...hostileTexts, 'ž'.repeat(300), 'x'.repeat(900), '"Jana" <all@evil.example>, b@evil.example']) {
  test(`no header, recipient or end of a message comes of ${JSON.stringify(text).slice(0, 60)}`, async () => {
    const raw = await composeWith(text)
    assert.deepEqual(namesOf(raw), plain)
    assert.ok(
      raw.split('\r\n').every((line) => Buffer.byteLength(line) <= 998),
      'a line that servers may cut',
    )
    assert.doesNotMatch(raw, /(?<!\r)\n|\r(?!\n)|\0/)
    const mail = await PostalMime.parse(raw)
    assert.deepEqual(mail.to?.map(({ address }) => address), ['jana@example.com']) // prettier-ignore
    assert.deepEqual([mail.cc, mail.bcc], [undefined, undefined])
    assert.equal(mail.from?.address, 'info@shop.example')
    assert.doesNotMatch(mail.subject ?? '', /[\p{Cc}\u2028\u2029]/u)
    assert.doesNotMatch(mail.to?.[0]?.name ?? '', /[\p{Cc}\u2028\u2029]/u)
  })
}
