import assert from 'node:assert/strict'
import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, it } from 'node:test'
import { createTransport } from 'nodemailer'
import type { ServedMailbox } from '#infra/demo/mailbox/app.ts'
import { serveMailbox } from '#infra/demo/mailbox/app.ts'
import { faultNames } from '#infra/demo/mailbox/faults.ts'
import { control } from './portal-visitor.ts'

const mail = {
  from: '"Figurkov" <info@figurkov.example>',
  to: '"Jana Nováková" <jana.novakova@example.cz>',
  replyTo: 'podpora@figurkov.example',
  subject: 'Objednávka 10001: nový termín – příští rok',
  text: 'Dobrý den,\n\nnový termín je 15. ledna 2027.',
  html: '<html><head><title>x</title></head><body><p>Nový termín je <b>15. ledna 2027</b>.</p></body></html>',
  messageId: '<order.10001.1@figurkov.example>',
  headers: { 'List-Unsubscribe': '<https://figurkov.example/odhlasit/1>' },
}

describe('the demo mailbox', () => {
  let mailbox: ServedMailbox
  const send = async (changed: Partial<typeof mail> & { bcc?: string } = {}) => {
    const transport = createTransport(mailbox.smtpUrl)
    return transport.sendMail({ ...mail, ...changed }).finally(() => transport.close())
  }
  const get = async (path: string) => (await fetch(`${mailbox.url}/api/v1/${path}`)).json()
  const found = async (query: string) => (await get(`search?query=${encodeURIComponent(query)}`)).messages_count
  const stored = async () => (await get('messages')).total
  const remove = (body: object) =>
    fetch(`${mailbox.url}/api/v1/messages`, { method: 'DELETE', body: JSON.stringify(body) })
  const set = (wish: object) => control(mailbox.url, 'POST faults', wish)
  before(async () => {
    mailbox = await serveMailbox({ smtpPort: 0, webPort: 0 })
  })
  beforeEach(async () => {
    await fetch(`${mailbox.url}/api/v1/messages`, { method: 'DELETE' })
    await control(mailbox.url, 'POST faults', { fault: null })
  })
  after(() => mailbox.close())

  describe("an API in Mailpit's shape", () => {
    it('lists mails, newest first, in pages', async () => {
      for (const n of [1, 2, 3]) await send({ subject: `Mail ${n}` })
      await mailbox.waitForMessages(3)
      const list = await get('messages?limit=2&start=1')
      assert.deepEqual(
        {
          total: list.total,
          unread: list.unread,
          count: list.count,
          messages_count: list.messages_count,
          start: list.start,
          tags: list.tags,
        },
        { total: 3, unread: 3, count: 2, messages_count: 3, start: 1, tags: [] },
      )
      assert.deepEqual(
        list.messages.map(({ Subject }: { Subject: string }) => Subject),
        ['Mail 2', 'Mail 1'],
      )
    })

    it('says of each mail whom it is from and to, without the brackets of its Message-ID', async () => {
      await send({ bcc: 'archiv@figurkov.example' })
      const { messages } = await get('messages')
      const { ID, Created, Size, Snippet, ...rest } = messages[0]
      assert.match(ID, /^[0-9a-z]{22,40}$/)
      assert.ok(Date.now() - Date.parse(Created) < 60_000)
      assert.ok(Size > 300)
      assert.equal(Snippet, 'Dobrý den, nový termín je 15. ledna 2027.')
      assert.deepEqual(rest, {
        MessageID: 'order.10001.1@figurkov.example',
        Read: false,
        From: { Name: 'Figurkov', Address: 'info@figurkov.example' },
        To: [{ Name: 'Jana Nováková', Address: 'jana.novakova@example.cz' }],
        Cc: [],
        Bcc: [{ Name: '', Address: 'archiv@figurkov.example' }],
        ReplyTo: [{ Name: '', Address: 'podpora@figurkov.example' }],
        Subject: mail.subject,
        Username: '',
        Tags: [],
        Attachments: 0,
      })
    })

    it('gives one mail with text and html, its headers and its source, by id or as latest', async () => {
      await send()
      const { messages } = await get('messages')
      const detail = await get('message/latest')
      assert.equal(detail.ID, messages[0].ID)
      assert.equal(detail.Text.trim(), mail.text)
      assert.match(detail.HTML, /<b>15\. ledna 2027<\/b>/)
      assert.equal(detail.ListUnsubscribe.Header, mail.headers['List-Unsubscribe'])
      assert.equal((await get('messages')).unread, 0)
      assert.deepEqual((await get(`message/${detail.ID}/headers`))['Message-ID'], [mail.messageId])
      const raw = await (await fetch(`${mailbox.url}/api/v1/message/${detail.ID}/raw`)).text()
      assert.equal(Buffer.byteLength(raw), detail.Size)
      assert.match(raw, /^Message-ID: <order\.10001\.1@figurkov\.example>\r$/m)
      assert.equal((await fetch(`${mailbox.url}/api/v1/message/nothing`)).status, 404)
    })

    it('keeps both of two mails with the same Message-ID', async () => {
      await send()
      await send()
      assert.equal((await get('search?query=message-id:order.10001.1')).messages_count, 2)
    })

    it('searches by recipient, subject and words', async () => {
      await send()
      await send({ to: 'emma@example.com', subject: 'Your order 10002' })
      assert.equal(await found('to:emma@example.com'), 1)
      assert.equal(await found('to:"jana nováková" subject:10001'), 1)
      assert.equal(await found('order'), 2)
      assert.equal(await found('to:nobody@example.com'), 0)
    })

    it('deletes the mails that are named, or all', async () => {
      for (const n of [1, 2, 3]) await send({ subject: `Mail ${n}` })
      const { messages } = await get('messages')
      assert.equal(await (await remove({ IDs: [messages[0].ID] })).text(), 'ok')
      assert.equal((await get('messages')).total, 2)
      await remove({})
      assert.equal((await get('messages')).total, 0)
    })
  })

  describe('pages', () => {
    it('show list and mail, the html without scripts, whatever the mail says', async () => {
      await send({
        subject: '<script>1</script>',
        html: '<html><head></head><script>top.x = 1</script><p>ahoj</p></html>',
      })
      const { messages } = await get('messages')
      const page = await (await fetch(`${mailbox.url}/view/${messages[0].ID}`)).text()
      assert.ok(page.includes('&lt;script&gt;1&lt;/script&gt;'))
      assert.ok(!page.includes('<script>1'))
      assert.match(page, /<iframe[^>]* sandbox="allow-popups/)
      const bare = await fetch(`${mailbox.url}/view/${messages[0].ID}.html`)
      assert.match(bare.headers.get('content-security-policy') ?? '', /^sandbox .*default-src 'none'/)
      assert.match(await bare.text(), /<p>ahoj<\/p>/)
    })
  })

  describe('faults', () => {
    it('refuse: 451 for the recipient, nothing stored', async () => {
      await set({ fault: 'refuse' })
      await assert.rejects(send(), { responseCode: 451 })
      assert.equal(await stored(), 0)
    })

    it('refuse-forever: 550 for the recipient', async () => {
      await set({ fault: 'refuse-forever' })
      await assert.rejects(send(), { responseCode: 550 })
    })

    it('refuse-content and reject-content: 451 and 554 after the whole mail, nothing stored', async () => {
      await set({ fault: 'refuse-content' })
      await assert.rejects(send(), { responseCode: 451 })
      await set({ fault: 'reject-content' })
      await assert.rejects(send(), { responseCode: 554 })
      assert.equal(await stored(), 0)
    })

    it('drop: the connection breaks before the mail was sent, nothing stored', async () => {
      await set({ fault: 'drop' })
      await assert.rejects(send(), { code: 'ECONNECTION' })
      assert.equal(await stored(), 0)
    })

    it('drop-after-data: the mail is stored, and the sender does not learn it', async () => {
      await set({ fault: 'drop-after-data' })
      await assert.rejects(send(), { code: 'ECONNECTION' })
      assert.equal(await stored(), 1)
    })

    it('delay: the mail is stored at once, the answer comes later', async () => {
      await set({ fault: 'delay', seconds: 0.5 })
      const begun = performance.now()
      const sent = send()
      await mailbox.waitForMessages(1)
      const storedAfter = performance.now() - begun
      await sent
      assert.ok(performance.now() - begun >= storedAfter + 400)
    })

    it('end by themselves after so many times, and concern one address only where one is named', async () => {
      await set({ fault: 'refuse', times: 2, address: 'EMMA@example.com' })
      await send()
      const toEmma = { to: 'emma@example.com' }
      await assert.rejects(send(toEmma), { responseCode: 451 })
      await assert.rejects(send(toEmma), { responseCode: 451 })
      await send(toEmma)
      const { body } = await control(mailbox.url, 'GET faults')
      assert.deepEqual({ fault: body.fault, hits: body.hits }, { fault: null, hits: 2 })
      assert.equal(await stored(), 2)
    })

    it('that are not known are answered with those that are', async () => {
      const { status, body } = await set({ fault: 'flood' })
      assert.equal(status, 400)
      for (const name of faultNames) assert.ok(body.detail.includes(name))
    })
  })
})

describe('a port that is taken', () => {
  it('is an error, and the other port is given back', async () => {
    const first = await serveMailbox({ smtpPort: 0, webPort: 0 })
    const [smtpPort, webPort] = [first.smtpUrl, first.url].map((url) => Number(new URL(url).port))
    await assert.rejects(serveMailbox({ smtpPort: smtpPort ?? 0, webPort: 0 }), { code: 'EADDRINUSE' })
    await assert.rejects(serveMailbox({ smtpPort: 0, webPort: webPort ?? 0 }), { code: 'EADDRINUSE' })
    await first.close()
  })
})

describe('what the mailbox keeps', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'avizo-mailbox-'))
  })
  const opened: ServedMailbox[] = []
  const open = async (most?: number) => {
    const mailbox = await serveMailbox({ smtpPort: 0, webPort: 0, folder, ...(most === undefined ? {} : { most }) })
    opened.push(mailbox)
    return mailbox
  }
  after(async () => {
    await Promise.all(opened.map((mailbox) => mailbox.close()))
    await rm(folder, { recursive: true })
  })

  it('survives a restart, a cut-off last line aside, and is bounded', async () => {
    const first = await open()
    const transport = createTransport(first.smtpUrl)
    for (const n of [1, 2, 3])
      await transport.sendMail({ ...mail, subject: `Mail ${n}`, text: 'žluťoučký kůň', encoding: 'base64' })
    const earlier = await rawOfAll(first)
    await first.close()
    await appendFile(join(folder, 'mails.jsonl'), '{"id":"cut')
    const second = await open(2)
    assert.deepEqual(await rawOfAll(second), earlier.slice(0, 2))
    await second.close()
    const third = await open()
    assert.equal(third.keep.count(), 2)
  })
})

async function rawOfAll({ url }: ServedMailbox): Promise<string[]> {
  const { messages } = await (await fetch(`${url}/api/v1/messages`)).json()
  const ids: string[] = messages.map(({ ID }: { ID: string }) => ID)
  return Promise.all(ids.map(async (id) => (await fetch(`${url}/api/v1/message/${id}/raw`)).text()))
}
