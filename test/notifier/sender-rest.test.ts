import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { MailServerAway } from '#notifier/mail-connections.ts'
import { startSender } from '#notifier/sender.ts'
import { until } from '#test/support/until.ts'
import { makeTestContext } from './a-context.ts'

const world = await makeTestContext()
after(() => world.close())

const unused = () => ({ subject: '', html: '', text: '' })

test('the mail server is known to be back though another notifier has sent what was left', async () => {
  const { store } = world
  await store.shopSettings.beginSending('live')
  const moment = new Date(Date.now() - 1_000)
  await store.notices.create([{ order: '1', n: 1, since: moment, dueAt: moment, news: [], customer: 'one' }])
  let isAway = true
  const mailer = {
    open: async () => {
      if (isAway) throw new MailServerAway('connection refused')
      return { hand: async () => ({ kind: 'accepted' as const }), giveBack: () => {} }
    },
  }
  const context = { ...world.context, pauses: { ...world.context.pauses, restMs: 50 } }
  const sending = { mailer: mailer as never, render: unused, from: 'shop@example.com', renewEveryMs: 1_000 }
  await using _sender = startSender(context, { sending, connections: 1 })
  const isOpen = async () => (await store.incidents.openOnes()).some(({ kind }) => kind === 'mail-server')
  await until('the incident', isOpen)
  const notice = await store.notices.get('1/1')
  assert.ok(notice !== null && (await store.notices.supersede(notice, 'another did it')))
  isAway = false
  await until('its end', async () => !(await isOpen()), 10)
})
