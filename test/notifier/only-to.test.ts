import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Mail } from '#notifier/mailer.ts'
import { makeTestContext, makeTestSupplier, type TestContext } from './a-context.ts'
import { makeDesk, putOrders } from './a-desk.ts'
import { makePost } from './a-post.ts'

/** MAIL_ONLY_TO set, taken out or changed while nobody knows whether a message was accepted. */
let world: TestContext
before(async () => {
  world = await makeTestContext()
})
after(() => world.close())

const lost = { kind: 'unknown', words: 'the answer was lost' } as const
const taken = { kind: 'accepted' } as const

/** An order whose news was handed over once, to the tester if one is named, and the answer was lost. */
async function withLostAnswer(name: string, onlyTo?: string) {
  const supplier = await makeTestSupplier(world, name)
  await supplier.read([{ code: 'I0', title: 'Thing', cells: { delivery: '1. 3. 2030' } }])
  const [order = ''] = await putOrders(world, { supplier: name, count: 1 })
  await supplier.read([{ code: 'I0', title: 'Thing', cells: { delivery: '1. 4. 2030' } }])
  const id = `${order}/1`
  const first = await handed(id, lost, onlyTo)
  await world.rewrite('notices', { _id: id }, { 'claim.until': new Date(0) })
  const told = async () => (await world.store.orders.get(order))?.lines['1']?.told
  return { id, first, told, notice: () => world.store.notices.get(id), customer: `${order}@example.com` }
}

/** Sends the notice until it rests or has ended: what was handed over, and to whom. */
async function handed(id: string, answer: typeof lost | typeof taken, onlyTo?: string) {
  const went: { envelope: string; to: string; subject: string; messageId: string }[] = []
  const composed: Mail[] = []
  const mailer = { compose: async (mail: Mail) => Uint8Array.of(composed.push(mail) - 1) }
  const line = {
    async hand({ to: envelope, raw: [at = 0] }: { to: string; raw: Uint8Array }) {
      const { to, subject = '', messageId = '' } = composed[at] ?? { to: { address: 'as before' } }
      went.push({ envelope, to: to.address, subject, messageId })
      return answer
    },
    giveBack: () => {},
  }
  const post = await makePost(world, { mailer, withLine: (use) => use(line), ...(onlyTo && { onlyTo }) })
  await post.send(id)
  if ((await world.store.notices.get(id))?.state === 'due') await post.send(id)
  return went
}

for (const [what, next] of [
  ['the customer', undefined],
  ['another tester', 'you@example.com'],
] as const)
  // prettier-ignore
  test(`what was made up for a tester never goes to ${what}, who gets a message of their own`, async () => {
    const { id, first, told, notice, customer } = await withLostAnswer(next ? 'another' : 'taken-out', 'me@example.com')
    assert.deepEqual(
      first.map(({ envelope, to }) => [envelope, to]),
      [['me@example.com', 'me@example.com']],
    )
    const [second, ...more] = await handed(id, taken, next)
    assert.deepEqual([second?.envelope, second?.to, more], [next ?? customer, next ?? customer, []])
    assert.equal(second?.subject.startsWith(`[${customer}]`), next !== undefined)
    assert.notEqual(second?.messageId, first[0]?.messageId)
    const { state, window, tries } = (await notice()) ?? {}
    assert.deepEqual([state, window, tries], ['sent', undefined, []])
    assert.equal((await told())?.uncertain, undefined, 'that the tester had it twice says nothing of the customer')
  })

test('what may have reached the customer goes to no tester: it counts as sent, and nobody knows', async () => {
  const { id, told, notice } = await withLostAnswer('put-in')
  assert.deepEqual(await handed(id, taken, 'me@example.com'), [])
  assert.equal((await notice())?.state, 'sent')
  assert.equal((await told())?.uncertain, true)
})

test('to the same tester the same message goes again, and support sees that the customer has none', async () => {
  const { id, notice } = await withLostAnswer('same', 'me@example.com')
  assert.deepEqual(
    (await handed(id, taken, 'me@example.com')).map(({ envelope, to }) => [envelope, to]),
    [['me@example.com', 'as before']],
  )
  const { state, window } = (await notice()) ?? {}
  assert.deepEqual([state, window], ['sent', true])
  const { body } = await makeDesk(world).ask('GET', '/v1/orders/same-0/timeline')
  assert.match(JSON.stringify(body['happened']), /sent to a tester, not to the customer/)
})
