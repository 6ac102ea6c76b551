import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Handed } from '#notifier/handed.ts'
import { mailsOf } from '#test/support/mails.ts'
import { until } from '#test/support/until.ts'
import { item, makeWorld, order, type World } from '#test/support/world.ts'
import { makeTestContext, type TestContext } from './a-context.ts'
import { lineBy, playMailer, startTestSender, withNotices } from './a-sender.ts'

/** A stop that nobody forces lets what is on its way come to its end, and opens no window. */
let world: TestContext
before(async () => {
  world = await makeTestContext()
  await world.store.shopSettings.beginSending('live')
})
after(() => world.close())

/** A mail server that says that it is handed a message, and answers when the test does. */
function makeSlowMailer() {
  const [handing, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<Handed>()]
  const line = lineBy(() => {
    handing.resolve()
    return answer.promise
  })
  const close = () => answer.resolve({ kind: 'not-handed', words: 'the connection was closed' })
  return { mailer: playMailer({ open: async () => line, close }), handing: handing.promise, answer: answer.resolve }
}

async function states(ids: string[]) {
  const notices = await Promise.all(ids.map((id) => world.store.notices.get(id)))
  return notices.map((notice) => `${notice?.state}${notice?.handedAt === undefined ? '' : ', handed'}`)
}

async function countOf(ids: string[], state: string): Promise<number> {
  return (await states(ids)).filter((one) => one === state).length
}

test('a stop waits for the mail that is on its way, and marks it', async () => {
  const [id = ''] = await withNotices(world, 'marked')
  const { mailer, handing, answer } = makeSlowMailer()
  const sender = startTestSender(world, { mailer })
  await handing
  const stopped = sender[Symbol.asyncDispose]()
  answer({ kind: 'accepted' })
  await stopped
  assert.deepEqual(await states([id]), ['sent, handed'])
})

test('what waits behind a mail server that hangs is due again as soon as sending stops', async () => {
  const ids = await withNotices(world, 'waits', 6)
  const { mailer, handing, answer } = makeSlowMailer()
  const sender = startTestSender(world, { mailer, letGoAfterMs: 60_000 })
  await handing
  await until('the next to wait for its connection', async () => (await countOf(ids, 'sending, handed')) === 2, 10)
  const stopped = sender[Symbol.asyncDispose]()
  await until('all but one to be due', async () => (await countOf(ids, 'due')) === 5, 10)
  answer({ kind: 'accepted' })
  await stopped
  assert.equal(await countOf(ids, 'sent, handed'), 1)
  for (const id of ids) await supersede(id)
})

test('what was on its way to a mail server that hangs is due again, and no incident', { timeout: 20_000 }, async () => {
  const [id = ''] = await withNotices(world, 'hangs')
  const { mailer, handing } = makeSlowMailer()
  const sender = startTestSender(world, { mailer, letGoAfterMs: 50 })
  await handing
  await sender[Symbol.asyncDispose]()
  assert.deepEqual(await states([id]), ['due'])
  assert.deepEqual(await world.store.incidents.openOnes(), [])
})

async function supersede(id: string): Promise<void> {
  const notice = await world.store.notices.get(id)
  if (notice !== null) await world.store.notices.supersede(notice, 'of another test')
}

test('SIGTERM while mails are on their way doubles none, and leaves none in the window', async () => {
  const shop = await makeWorld()
  try {
    // What a stop would leave with its claim is seen by that nobody takes it over here.
    Object.assign(shop.env, { LEASE_SECONDS: '600', SMTP_CONNECTIONS: '2' })
    const first = await shop.startNotifier()
    const numbers = await withMails(shop, 8)
    await until('the first mail', async () => (await mailsOf(shop.mailbox.url)).length > 0)
    await first.stop()
    assert.equal(await shop.store.notices.count('sending'), 0)
    shop.mailbox.faultSwitch.set({ fault: null, seconds: 0 })
    await shop.startNotifier()
    await shop.settled()
    const notices = [...(await shop.store.notices.ofOrders(numbers)).values()].flat()
    assert.deepEqual([notices.length, notices.filter(({ window }) => window).length], [8, 0])
    assert.equal((await mailsOf(shop.mailbox.url)).length, 8)
  } finally {
    await shop[Symbol.asyncDispose]()
  }
})

/** So many customers of one item that moved, by a mail server that takes half a second for each. */
async function withMails(shop: World, count: number): Promise<string[]> {
  await shop.declare()
  shop.shelf.observations = [item('A', '1. 3. 2030')]
  await shop.run()
  const numbers = Array.from({ length: count }, (_, i) => String(i))
  for (const number of numbers) {
    await shop.putOrder(order(number, ['A']))
    await shop.looked(number)
  }
  shop.mailbox.faultSwitch.set({ fault: 'delay', seconds: 0.5 })
  shop.set('A', '1. 4. 2030')
  await shop.run()
  return numbers
}
