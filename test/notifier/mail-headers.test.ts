import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import PostalMime from 'postal-mime'
import { readSettings } from '#core/process/settings.ts'
import { postOf, replyToOf } from '#notifier/mail-settings.ts'
import { makeMailer } from '#notifier/mailer.ts'
import { settings as schema } from '#notifier/settings.ts'
import { startMailServer } from './a-mail-server.ts'

let server: Awaited<ReturnType<typeof startMailServer>>
before(async () => {
  server = await startMailServer()
})
after(() => server.close())

const settingsOf = (mail: Record<string, string>) =>
  readSettings(schema, {
    MODE: 'shop',
    AMQP_URL: 'amqp://127.0.0.1',
    MONGODB_URL: 'mongodb://127.0.0.1/avizo',
    SMTP_URL: `smtp://127.0.0.1:${server.port}`,
    MAIL_FROM: 'Figurkov, s.r.o. <info@shop.example>',
    ADMIN_EMAIL: 'admin@shop.example',
    ...mail,
  })

const unsubscribe = `https://shop.example/avizo/unsubscribe/cs/${'x'.repeat(64)}`

/** One mail, as the server got it. */
async function sendWith(mail: Record<string, string>) {
  const settings = settingsOf(mail)
  const mailer = makeMailer(postOf(settings))
  const replyTo = replyToOf(settings)
  const raw = await mailer.compose({
    from: settings.MAIL_FROM,
    to: { address: 'jana@example.com' },
    subject: 'x',
    text: 'x',
    messageId: '<avizo.2@shop.example>',
    date: new Date(),
    references: ['<avizo.order.1@shop.example>', '<avizo.1@shop.example>'],
    inReplyTo: '<avizo.1@shop.example>',
    unsubscribe,
    ...(replyTo !== undefined && { replyTo }),
  })
  const line = await mailer.open()
  await line.hand({ to: 'jana@example.com', raw })
  line.giveBack()
  mailer.close()
  const taken = server.taken.at(-1)
  return { envelopeFrom: taken?.from, raw: taken?.raw ?? '', mail: await PostalMime.parse(taken?.raw ?? '') }
}

test('a mail says who sends it, whom to answer, what it follows, and that no person wrote it', async () => {
  const { envelopeFrom, mail, raw } = await sendWith({ SHOP_CONTACT: 'help@shop.example' })
  assert.equal(envelopeFrom, 'info@shop.example')
  assert.deepEqual([mail.from?.name, mail.from?.address], ['Figurkov, s.r.o.', 'info@shop.example'])
  assert.deepEqual(
    mail.replyTo?.map(({ address }) => address),
    ['help@shop.example'],
  )
  assert.equal(mail.inReplyTo, '<avizo.1@shop.example>')
  assert.equal(mail.references, '<avizo.order.1@shop.example> <avizo.1@shop.example>')
  const header = (key: string) => mail.headers.filter((one) => one.key === key).map(({ value }) => value)
  assert.deepEqual(header('auto-submitted'), ['auto-generated'])
  // One header each, the link on one line: RFC 8058, and signatures of servers behind us.
  assert.deepEqual(header('list-unsubscribe'), [`<${unsubscribe}>`])
  assert.deepEqual(header('list-unsubscribe-post'), ['List-Unsubscribe=One-Click'])
  assert.match(raw, /^List-Unsubscribe: <https:.*>\r$/m)
  // What could not be delivered must come back: "All" and "NDR" would suppress that too.
  assert.deepEqual(header('x-auto-response-suppress'), ['DR, RN, NRN, OOF, AutoReply'])
})

test('what cannot be delivered comes back where the shop wants it', async () => {
  const { envelopeFrom, mail } = await sendWith({ MAIL_RETURN_PATH: 'bounces@shop.example' })
  assert.equal(envelopeFrom, 'bounces@shop.example')
  assert.equal(mail.from?.address, 'info@shop.example')
})

test('answers go where the shop says, else to its contact where that is an address, else to the sender', () => {
  const contact = { SHOP_CONTACT: 'help@shop.example' }
  assert.equal(replyToOf(settingsOf({ ...contact, MAIL_REPLY_TO: 'desk@shop.example' })), 'desk@shop.example')
  assert.equal(replyToOf(settingsOf(contact)), 'help@shop.example')
  assert.equal(replyToOf(settingsOf({ SHOP_CONTACT: '+420 123 456 789' })), undefined)
  assert.equal(replyToOf(settingsOf({})), undefined)
})

test('no text goes as base64, whatever it holds: filters mistrust that', async () => {
  const mailer = makeMailer(postOf(settingsOf({})))
  const words = 'ずっと夜のままの街で、星を守る者たち'
  const raw = await mailer.compose({
    from: 'info@shop.example',
    to: { address: 'jana@example.com' },
    subject: `Objednávka 10042: ${words}`,
    text: words,
    html: `<p>${words}</p>`,
    messageId: '<avizo.3@shop.example>',
    date: new Date(),
  })
  const sent = Buffer.from(raw).toString('latin1')
  assert.equal(sent.match(/^Content-Transfer-Encoding: quoted-printable\r$/gm)?.length, 2)
  const { subject, text = '' } = await PostalMime.parse(raw)
  assert.deepEqual([subject, text.trim()], [`Objednávka 10042: ${words}`, words])
})
