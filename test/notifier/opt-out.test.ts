import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { makeApp } from '#api/app.ts'
import { Order } from '#core/domain/order.ts'
import { openStore } from '#core/store/store.ts'
import { lookAtOrders } from '#notifier/look-at-orders.ts'
import { givenFor } from '#test/api/world.ts'
import { makeTestContext, makeTestSupplier } from '#test/notifier/a-context.ts'
import { makePost } from '#test/notifier/a-post.ts'
import { item, order } from '#test/support/world.ts'
import { makeDesk } from './a-desk.ts'

let world: Awaited<ReturnType<typeof makeTestContext>>
let post: Awaited<ReturnType<typeof makePost>>
let acme: Awaited<ReturnType<typeof makeTestSupplier>>
let desk: ReturnType<typeof makeDesk>
let app: ReturnType<typeof makeApp>
const customers = ['jana', 'eva']

before(async () => {
  world = await makeTestContext()
  post = await makePost(world)
  desk = makeDesk(world)
  app = makeApp(givenFor(world.store))
  acme = await makeTestSupplier(world, 'acme', { confirm: 'none' })
  await say('1. 6. 2030', '1. 6. 2030')
  for (const name of customers)
    await world.store.orders.put(Order.parse(order(name, ['A', 'B'], { customer: { email: emailOf(name) } })), { single: true }) // prettier-ignore
  await look()
})
after(() => world.close())

const emailOf = (name: string) => `${name}@example.com`
const look = () => lookAtOrders(world.context, customers)

async function say(a: string, b: string): Promise<void> {
  await acme.read([item('A', a), item('B', b)])
}

/** Who was mailed after the supplier said so, and what. */
async function mailsAfter(a: string, b: string) {
  await say(a, b)
  return sent()
}

async function sent() {
  const mails = await post.sendDue()
  return new Map(mails.map((mail) => [mail.to.address.split('@')[0] ?? '', mail]))
}

const opt = (optedOut: boolean) => desk.ask('PUT', '/v1/customers/opted-out', { email: 'JANA@example.com', optedOut })

let link = ''
let evasLink = ''
const ask = (method: string, url = link) => app.request(new URL(url).pathname.replace('/avizo', ''), { method })

test('what is needed has no link to be rid of it, what can wait has one of the customer’s own', async () => {
  const late = await mailsAfter('1. 8. 2030', '1. 6. 2030')
  assert.deepEqual([...late.keys()].toSorted(), ['eva', 'jana'])
  assert.equal(late.get('jana')?.unsubscribe, undefined)
  const soon = await mailsAfter('1. 7. 2030', '1. 6. 2030')
  link = soon.get('jana')?.unsubscribe ?? ''
  assert.match(link, /^https:\/\/shop\.example\/avizo\/unsubscribe\/cs\/[\w-]{64}$/)
  assert.ok(soon.get('jana')?.text.includes(link), 'at the foot too')
  evasLink = soon.get('eva')?.unsubscribe ?? ''
  assert.notEqual(evasLink, link)
})

test('a mail that goes to a tester instead has no link: it would opt the customer out', async () => {
  const trial = await makePost(world, { onlyTo: 'me@example.com' })
  await say('25. 6. 2030', '1. 6. 2030')
  const mails = await trial.sendDue()
  assert.deepEqual(
    mails.map(({ to, unsubscribe }) => [to.address, unsubscribe]),
    customers.map(() => ['me@example.com', undefined]),
  )
})

test('to look at the link changes nothing, and asks no key: a page with a button that posts', async () => {
  const answer = await ask('GET')
  assert.equal(answer.status, 200)
  const page = await answer.text()
  assert.match(page, /<html lang="cs">[^]*<form method="post">[^]*<button name="List-Unsubscribe" value="One-Click">/)
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  assert.equal((await ask('HEAD')).status, 200)
  assert.equal((await ask('PUT')).status, 405)
  assert.equal(await world.store.people.optedOutSince(emailOf('jana')), null)
})

test('a link that was not made here opts nobody out', async () => {
  const [token, evasToken] = [link, evasLink].map((one) => one.split('/').at(-1) ?? '')
  const signature = 22
  const forged = [
    // Eva's name under Jana's signature.
    `${evasToken?.slice(0, -signature)}${token?.slice(-signature)}`,
    token?.slice(0, -4) ?? '',
    `${token}AAAA`,
    'x',
  ]
  for (const one of forged) assert.equal((await ask('POST', link.replace(token ?? '', one))).status, 404, one)
  assert.equal(await world.store.people.optedOutSince(emailOf('eva')), null)
  assert.equal(await world.store.people.optedOutSince(emailOf('jana')), null)
})

test('links in old mails stay good after a restart, and are the same from every notifier', async () => {
  await using other = await openStore({ url: world.mongodbUrl, name: 'other', leaseSeconds: 2 })
  const tokens = await other.unsubscribe.tokens()
  assert.ok(link.endsWith(`/${tokens.of(' JANA@example.com')}`))
})

test('one click opts the address out, however often, and what was due already does not go', async () => {
  await say('15. 6. 2030', '1. 6. 2030')
  assert.equal((await post.notice('jana'))?.state, 'due')
  assert.equal((await ask('POST')).status, 200)
  const since = await world.store.people.optedOutSince(emailOf('jana'))
  assert.equal((await ask('POST')).status, 200)
  assert.deepEqual(await world.store.people.optedOutSince(emailOf('jana')), since)
  assert.deepEqual([...(await sent()).keys()], ['eva'])
  assert.equal((await post.notice('jana'))?.state, 'superseded')
})

test('of mixed news what is needed goes, without a link, and what can wait is no date in it', async () => {
  const mails = await mailsAfter('2. 6. 2030', '1. 9. 2030')
  const mail = mails.get('jana')
  assert.match(mail?.text ?? '', /1\. září 2030/)
  assert.doesNotMatch(mail?.text ?? '', /2\. června/)
  assert.equal(mail?.unsubscribe, undefined)
  assert.match(mails.get('eva')?.text ?? '', /2\. června/)
  assert.notEqual(mails.get('eva')?.unsubscribe, undefined)
})

test('the desk sees why nothing is said, and since when', async () => {
  const { body } = await desk.ask('GET', '/v1/orders/jana/timeline')
  const next = body['next'] as { line: string; rule: string; words: string }[]
  assert.match(JSON.stringify(next), /"rule":"opted-out","words":"the customer wants no mail of what is not needed/)
  const exported = await desk.ask('POST', '/v1/customers/export', { email: emailOf('jana') })
  assert.match(String(exported.body['optedOutSince']), /^20\d\d-/)
})

test('who opts in again hears what they were not told; who opts out by the desk hears it no more', async () => {
  assert.equal((await opt(false)).body['optedOutSince'], null)
  await lookAtOrders(world.context, await world.store.orders.toLook(10))
  assert.match((await sent()).get('jana')?.text ?? '', /2\. června 2030/)
  assert.notEqual((await opt(true)).body['optedOutSince'], null)
  assert.deepEqual([...(await mailsAfter('1. 6. 2030', '1. 9. 2030')).keys()], ['eva'])
})

test('with the customer’s other data it is erased that they opted out', async () => {
  const erased = await desk.ask('POST', '/v1/customers/erase', { email: emailOf('jana'), orders: 1 })
  assert.equal(erased.status, 200)
  assert.equal(await world.store.people.optedOutSince(emailOf('jana')), null)
})
