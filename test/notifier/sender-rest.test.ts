import { after, before, test } from 'node:test'
import type { Handed } from '#notifier/handed.ts'
import { MailServerAway } from '#notifier/mail-connections.ts'
import { until } from '#test/support/until.ts'
import { makeTestContext, type TestContext } from './a-context.ts'
import { lineBy, playMailer, startTestSender, withNotices } from './a-sender.ts'

let world: TestContext
before(async () => {
  world = await makeTestContext()
  await world.store.shopSettings.beginSending('live')
})
after(() => world.close())

/** A mail server that is away, or takes no message, until a test says otherwise. */
function makeMailer(state: 'away' | 'takes-none') {
  const server: { state: 'away' | 'takes-none' | 'well' } = { state }
  const hand = async (): Promise<Handed> =>
    server.state === 'well' ? { kind: 'accepted' } : { kind: 'not-handed', words: 'it hung up at MAIL' }
  const open = async () => {
    if (server.state === 'away') throw new MailServerAway('connection refused')
    return lineBy(hand)
  }
  return { server, mailer: playMailer({ open }) }
}

const incident = async () => (await world.store.incidents.openOnes()).find(({ kind }) => kind === 'mail-server')

/** Another notifier has sent it, or there is no news any more. */
function superseded(id: string): Promise<boolean> {
  return until('what was not handed over to be due again', async () => {
    const notice = await world.store.notices.get(id)
    return notice?.state === 'due' && world.store.notices.supersede(notice, 'another did it')
  })
}

const pauses = { restMs: 20, awayMs: 300 }

test('the mail server is known to be back though another notifier has sent what was left', async () => {
  const [id = ''] = await withNotices(world, 'another')
  const { server, mailer } = makeMailer('away')
  await using _sender = startTestSender(world, { mailer, pauses })
  await until('the incident', incident)
  await superseded(id)
  server.state = 'well'
  await until('its end', async () => !(await incident()), 10)
})

test('a mail server that greets and takes nothing is one incident, for as long as somebody has a message for it', async () => {
  const [id = ''] = await withNotices(world, 'greets')
  const { server, mailer } = makeMailer('takes-none')
  await using _sender = startTestSender(world, { mailer, pauses })
  await until('the same incident to be met time and again', async () => ((await incident())?.seen ?? 0) > 3, 15)
  server.state = 'well'
  await until('the mail to go', async () => (await world.store.notices.get(id))?.state === 'sent', 15)
  await until('its end', async () => !(await incident()), 10)
})

test('nobody has a message for it any more: the incident ends where the mail server answers', async () => {
  const [id = ''] = await withNotices(world, 'nobody')
  const { mailer } = makeMailer('takes-none')
  await using _sender = startTestSender(world, { mailer, pauses })
  await until('the incident', incident)
  await superseded(id)
  await until('its end', async () => !(await incident()), 10)
})

test('the incident that a killed notifier left ends where the next one meets a mail server that answers', async () => {
  const { server, mailer } = makeMailer('away')
  server.state = 'well'
  await world.context.incidents.open({ kind: 'mail-server', subject: 'mail server', words: 'away', hint: 'look' })
  await using _sender = startTestSender(world, { mailer, pauses })
  await until('its end', async () => !(await incident()), 10)
})
