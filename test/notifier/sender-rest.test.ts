import { after, test } from 'node:test'
import { MailServerAway } from '#notifier/mail-connections.ts'
import { startSender } from '#notifier/sender.ts'
import { until } from '#test/support/until.ts'
import { makeTestContext, makeTestSupplier } from './a-context.ts'
import { putOrders } from './a-desk.ts'

const world = await makeTestContext()
after(() => world.close())

const unused = () => ({ subject: '', html: '', text: '' })

test('the mail server is known to be back though another notifier has sent what was left', async () => {
  const { store } = world
  await store.shopSettings.beginSending('live')
  const acme = await makeTestSupplier(world, 'acme')
  const read = (delivery: string) => acme.read([{ code: 'I0', title: 'Thing', cells: { delivery } }])
  await read('1. 3. 2030')
  await putOrders(world, { supplier: 'acme', count: 1 })
  await read('1. 4. 2030')
  let isAway = true
  const mailer = {
    compose: async () => new Uint8Array(),
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
  const isLeft = async () => {
    const notice = await store.notices.get('acme-0/1')
    return notice?.state === 'due' && store.notices.supersede(notice, 'another did it')
  }
  await until('what was not handed over to be due again', isLeft)
  isAway = false
  await until('its end', async () => !(await isOpen()), 10)
})
