import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Email } from 'postal-mime'
import PostalMime from 'postal-mime'
import { mailLanguages } from '#core/domain/language.ts'
import { newsKinds } from '#core/domain/news.ts'
import { SettingsError } from '#core/process/settings.ts'
import { serveMailbox } from '#infra/demo/mailbox/app.ts'
import { orDemoMailbox } from '#infra/mail/demo-mailbox.ts'
import { renderGallery, views } from '#infra/mail/gallery.ts'
import { servePreview } from '#infra/mail/preview.ts'
import { takeScreenshots } from '#infra/mail/screenshots.ts'
import { sendTest } from '#infra/mail/send-test.ts'
import { shopOfEnvironment } from '#infra/mail/shop.ts'
import { makePlan } from '#infra/plan.ts'
import { writeStarted } from '#infra/started.ts'
import { chromiumPath } from '#test/scraper/a-browser.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'avizo-mails-'))
})
after(() => rm(folder, { recursive: true, force: true }))

const shop = { name: 'Figurkov' }

test('the gallery shows each kind in each language, as by day and as by night', async () => {
  const preview = await servePreview({ shop, port: 0, folder })
  try {
    const textOf = async (path: string) => (await fetch(`${preview.url}${path}`)).text()
    for (const language of mailLanguages) {
      const page = await textOf(`/${language}`)
      for (const kind of newsKinds) {
        for (const { scheme } of views)
          assert.ok(page.includes(`src="/${language}/${kind}/${scheme}"`), `${kind} ${scheme}`)
      }
    }
    assert.match(await textOf('/cs/delayed/dark'), /@media all \{[\s\S]*Nový termín/)
    assert.match(await textOf('/cs/delayed/light'), /@media not all \{[\s\S]*Nový termín/)
    assert.equal((await fetch(`${preview.url}/cs/nothing/dark`)).status, 404)
  } finally {
    await preview.close()
  }
})

test('the gallery is looked at anew when a template changes', async () => {
  const preview = await servePreview({ shop, port: 0, folder })
  try {
    const { body } = await fetch(`${preview.url}/changes`)
    const told = body?.getReader().read()
    await writeFile(join(folder, 'layout.mjml'), 'another')
    assert.match(new TextDecoder().decode((await told)?.value), /event: changed/)
  } finally {
    await preview.close()
  }
})

test('what cannot be rendered is told on the page, and ends nothing', async () => {
  const preview = await servePreview({ shop: { name: 17 as never }, port: 0, folder })
  try {
    assert.match(await (await fetch(`${preview.url}/cs`)).text(), /<pre class="trouble">.*TypeError/)
  } finally {
    await preview.close()
  }
})

test('pictures are taken of a mail on phone and desktop, by day and by night', async () => {
  const mails = (await renderGallery(shop)).filter(({ language, name }) => language === 'cs' && name === 'delayed')
  const paths: string[] = []
  await takeScreenshots({ mails, folder, executablePath: chromiumPath(), onPicture: (path) => void paths.push(path) })
  assert.deepEqual(
    paths,
    views.map(({ name }) => join(folder, 'cs', `delayed.${name}.png`)),
  )
  const [light, dark] = await Promise.all(paths.map((path) => readFile(path)))
  assert.equal(light?.readUInt32BE(16), 360, 'the width of a phone')
  assert.notDeepEqual(light, dark)
})

test('one mail of each kind goes to the address that is named, by the server of the settings', async () => {
  const mailbox = await serveMailbox({ smtpPort: 0, webPort: 0 })
  const said: string[] = []
  const environment = { SMTP_URL: mailbox.smtpUrl, MAIL_FROM: 'Shop <info@shop.example>', SHOP_COLOUR: '#7a0019' }
  try {
    await sendTest({ to: 'me@shop.example', language: 'en', environment, say: (line) => void said.push(line) })
    assert.equal(mailbox.keep.count(), newsKinds.length)
    assert.match(said.pop() ?? '', /No link to unsubscribe is in them: PUBLIC_URL is not set/)
    assert.equal(said.length, newsKinds.length)
    assert.match(said.join('\n'), /sent to me@shop\.example: Order 10042 /)
    const { messages } = (await (await fetch(`${mailbox.url}/api/v1/messages?limit=1`)).json()) as {
      messages: [{ ID: string }]
    }
    assert.match(await (await fetch(`${mailbox.url}/view/${messages[0].ID}.html`)).text(), /#7a0019/)
  } finally {
    await mailbox.close()
  }
})

/** The mails that `send-test` sends by these settings, and what it says last. */
async function testMails(over: Record<string, string> = {}) {
  const mailbox = await serveMailbox({ smtpPort: 0, webPort: 0 })
  const said: string[] = []
  const environment = { SMTP_URL: mailbox.smtpUrl, MAIL_FROM: 'Shop <info@shop.example>', ...over }
  try {
    await sendTest({ to: 'me@shop.example', language: 'en', environment, say: (line) => void said.push(line) })
    const api = `${mailbox.url}/api/v1`
    const { messages } = (await (await fetch(`${api}/messages?limit=50`)).json()) as { messages: { ID: string }[] }
    const raws = messages.map(async ({ ID }) => (await fetch(`${api}/message/${ID}/raw`)).bytes())
    const mails = await Promise.all(raws.map(async (raw) => PostalMime.parse(await raw)))
    return { mails, said: said.at(-1) }
  } finally {
    await mailbox.close()
  }
}

const headerOf = ({ headers }: Email, name: string) => headers.find(({ key }) => key === name)?.value

test('a test mail stands in its order’s conversation, and its link is one of ours that is of nobody', async () => {
  const { mails, said } = await testMails({ PUBLIC_URL: 'https://shop.example/avizo' })
  for (const mail of mails)
    assert.match(mail.references ?? '', /^<avizo\.order\.\w+@shop\.example> <avizo\.\w+@shop\.example>$/)
  const links = mails.flatMap((mail) => headerOf(mail, 'list-unsubscribe')?.slice(1, -1) ?? [])
  assert.ok(links.length > 0 && links.length < mails.length, 'what is needed has none')
  for (const link of links) assert.match(link, /^https:\/\/shop\.example\/avizo\/unsubscribe\/en\/[\w-]{64}$/)
  assert.equal(new Set(links).size, links.length, 'the token of an address would be the same each time')
  const atTheFoot = mails.flatMap(({ text = '' }) => /https:\S+\/unsubscribe\/\S+/.exec(text)?.[0] ?? [])
  assert.deepEqual(atTheFoot.toSorted(), links.toSorted())
  assert.match(said ?? '', /lead to the page that says that a link is not valid/)
})

test('where customers cannot unsubscribe a test mail has no link to do it', async () => {
  for (const mail of (await testMails()).mails) {
    assert.equal(headerOf(mail, 'list-unsubscribe'), undefined)
    assert.doesNotMatch(`${mail.text}${mail.html}`, /unsubscribe/i)
  }
})

test('without a mail server a test mail is refused, with the settings that lack', async () => {
  const sent = sendTest({ to: 'me@shop.example', environment: {}, say: () => {} })
  await assert.rejects(sent, (error: Error) => {
    assert.ok(error instanceof SettingsError)
    return /SMTP_URL: is missing[\s\S]*MAIL_FROM: is missing/.test(error.message)
  })
})

test('a shop that set nothing looks at mails of an example, and what it did set is seen', () => {
  assert.equal(shopOfEnvironment({}).name, 'Figurkov')
  const { name, footer, colours } = shopOfEnvironment({ MAIL_FROM: 'Mine <a@mine.example>', SHOP_COLOUR: '#7a0019' })
  assert.deepEqual([name, footer, colours?.accent], ['Mine', undefined, '#7a0019'])
  assert.throws(() => shopOfEnvironment({ SHOP_COLOUR: '#ffcc00' }), /too light/)
})

test('where no mail server is set, test mails go to the mailbox of the demo that was started here, and never instead of a shop’s', () => {
  const serverOf = (given: Record<string, string>) => orDemoMailbox({ VAR_DIR: folder, ...given }).environment['SMTP_URL'] // prettier-ignore
  assert.throws(() => serverOf({}), /No mail server is set, and no demo runs here/)
  writeStarted(makePlan({ VAR_DIR: folder, MAILBOX_SMTP_PORT: '2525' }))
  assert.equal(serverOf({}), 'smtp://127.0.0.1:2525')
  assert.equal(serverOf({ SMTP_URL: 'smtp://mail.shop.example' }), 'smtp://mail.shop.example')
  assert.equal(serverOf({ MODE: 'shop' }), undefined)
})
