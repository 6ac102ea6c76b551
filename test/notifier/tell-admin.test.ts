import assert from 'node:assert/strict'
import { after, before, mock, test } from 'node:test'
import type { ServedMailbox } from '#infra/demo/mailbox/app.ts'
import { serveMailbox } from '#infra/demo/mailbox/app.ts'
import { makeMailer } from '#notifier/mailer.ts'
import type { AdminMail } from '#notifier/tell-admin.ts'
import { tellAdmin } from '#notifier/tell-admin.ts'
import { makeTestContext } from '#test/notifier/a-context.ts'
import { adminMailsOf } from '#test/support/mails.ts'

let world: Awaited<ReturnType<typeof makeTestContext>>
let mailbox: ServedMailbox
let mail: AdminMail
before(async () => {
  world = await makeTestContext()
  mailbox = await serveMailbox({ smtpPort: 0, webPort: 0 })
  const from = 'Shop <shop@example.com>'
  mail = {
    mailer: makeMailer({ server: { url: mailbox.smtpUrl, tls: 'none' }, returnPath: 'shop@example.com' }),
    from,
    to: 'admin@example.com',
  }
})
after(async () => {
  mail.mailer.close()
  await mailbox.close()
  await world.close()
})

const trouble = { kind: 'run-failed', subject: 'acme', words: 'the portal is down', hint: 'It is tried again' }

test('an incident is mailed once when it opens, once a day while it stands, and once when it is over', async () => {
  const { context } = world
  const warn = mock.method(context.log, 'warn')
  await context.incidents.open(trouble)
  await tellAdmin(context, mail)
  await context.incidents.open(trouble)
  await tellAdmin(context, mail)
  const [opened, ...more] = await adminMailsOf(mailbox.url)
  assert.deepEqual(more, [])
  assert.equal(opened?.subject, 'Avizo: acme: the portal is down')
  assert.match(opened?.text ?? '', /NEW: acme: the portal is down\n {2}since .* UTC\n {2}what to do: It is tried again/)
  await aDayPasses()
  await tellAdmin(context, mail)
  await tellAdmin(context, mail)
  assert.deepEqual(
    warn.mock.calls.map((call) => String(call.arguments[1]).replace(/\d{4}-.* UTC/, '…')),
    ['acme still, since …: the portal is down'],
  )
  assert.match((await adminMailsOf(mailbox.url))[1]?.text ?? '', /^STILL: acme: .*\n {2}since .*, met 2 times/)
  await context.incidents.close('run-failed', 'acme')
  await tellAdmin(context, mail)
  await tellAdmin(context, mail)
  const mails = await adminMailsOf(mailbox.url)
  assert.deepEqual(
    mails.slice(2).map(({ subject }) => subject),
    ['Avizo: acme: run-failed is over'],
  )
  assert.equal(new Set(mails.map(({ messageId }) => messageId)).size, 3)
})

test('what comes together is one mail, and two notifiers send it once', async () => {
  mailbox.keep.remove([])
  const { context } = world
  await context.incidents.open({ ...trouble, subject: 'one' })
  await context.incidents.open({ ...trouble, subject: 'two' })
  await context.incidents.close('run-failed', 'two')
  await Promise.all([tellAdmin(context, mail), tellAdmin({ ...context, owner: 'other' }, mail)])
  const mails = await adminMailsOf(mailbox.url)
  assert.deepEqual(
    mails.map(({ subject }) => subject),
    ['Avizo: 1 trouble, 1 over'],
  )
})

test('a mail server that is away loses nothing: it is told when the server is back', async () => {
  mailbox.keep.remove([])
  const { context } = world
  const away = {
    ...mail,
    mailer: makeMailer({ server: { url: 'smtp://127.0.0.1:9', tls: 'none' }, returnPath: 'shop@example.com' }),
  }
  await context.incidents.open({ ...trouble, subject: 'late' })
  await tellAdmin(context, away)
  assert.deepEqual(await adminMailsOf(mailbox.url), [])
  await tellAdmin(context, mail)
  assert.equal((await adminMailsOf(mailbox.url)).length, 1)
})

test('with MAIL_ONLY_TO the admin’s mail goes there too, and says for whom it was', async () => {
  mailbox.keep.remove([])
  await world.context.incidents.open({ ...trouble, subject: 'only' })
  await tellAdmin(world.context, { ...mail, onlyTo: 'admin@only.example' })
  const [only] = await adminMailsOf(mailbox.url)
  assert.equal(only?.to, 'admin@only.example')
  assert.equal(only?.subject, '[admin@example.com] Avizo: only: the portal is down')
})

/** The store's own clock says when a reminder is due. */
async function aDayPasses(): Promise<void> {
  await world.rewrite('incidents', {}, { 'told.last': new Date(Date.now() - 86_500_000) })
}
