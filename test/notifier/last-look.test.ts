import assert from 'node:assert/strict'
import { after, afterEach, before, mock, test } from 'node:test'
import { readSent } from '#core/domain/sent-line.ts'
import { openStore } from '#core/store/store.ts'
import { makeTestContext, makeTestSupplier, type TestContext } from './a-context.ts'
import { putOrders } from './a-desk.ts'
import { makePost } from './a-post.ts'

/** P10: a mail that waited for a connection to the mail server is looked at again before it goes. */
let world: TestContext
before(async () => {
  world = await makeTestContext()
})
afterEach(() => {
  mock.restoreAll()
  delete world.context.at
})
after(() => world.close())

/** One order whose news waits to be sent. */
async function withNews(name: string) {
  const supplier = await makeTestSupplier(world, name)
  const read = (delivery: string) => supplier.read([{ code: 'I0', title: 'Thing', cells: { delivery } }])
  await read('1. 3. 2030')
  await putOrders(world, { supplier: name, count: 1 })
  await read('1. 4. 2030')
  return { read, id: `${name}-0/1`, post: await makePost(world), notice: () => world.store.notices.get(`${name}-0/1`) }
}

function letTimePass(milliseconds: number): void {
  const now = performance.now.bind(performance)
  mock.method(performance, 'now', () => now() + milliseconds)
}

test('what moved while a mail waited for its connection is what the mail says', async () => {
  const { read, post, id, notice } = await withNews('moved')
  post.meanwhile.beforeLine = async () => {
    await read('1. 5. 2030')
    letTimePass(2_000)
  }
  await post.send(id)
  assert.equal(post.mails.length, 1)
  assert.match(post.mails[0]?.text ?? '', /května 2030/)
  assert.doesNotMatch(post.mails[0]?.text ?? '', /dubna/)
  const told = (await world.store.orders.get('moved-0'))?.lines['1']?.told?.value
  assert.equal(told?.kind === 'expected' && told.from, '2030-05-01')
  assert.equal((await notice())?.state, 'sent')
})

test('what is not due any more by then is not sent, and was never handed over', async () => {
  const { read, post, id, notice } = await withNews('back')
  post.meanwhile.beforeLine = async () => {
    await read('1. 3. 2030')
    letTimePass(2_000)
  }
  await post.send(id)
  assert.deepEqual(post.mails, [])
  const { state, handedAt } = (await notice()) ?? {}
  assert.deepEqual([state, handedAt], ['superseded', undefined])
})

test('sending that was stopped while a mail waited for its connection lets it be due again', async () => {
  const { post, id, notice } = await withNews('stopped')
  post.meanwhile.beforeLine = async () => void (post.meanwhile.mayStillSend = false)
  await post.send(id)
  assert.deepEqual(post.mails, [])
  const { state, handedAt } = (await notice()) ?? {}
  assert.deepEqual([state, handedAt], ['due', undefined])
})

test('whatever goes wrong before a connection is there, the message was not handed over', async () => {
  const { post, id, notice } = await withNews('broken')
  post.meanwhile.beforeLine = async () => {
    throw new Error('the store is away')
  }
  await assert.rejects(post.send(id), /the store is away/)
  const { state, handedAt, message } = (await notice()) ?? {}
  assert.deepEqual([state, handedAt, message?.raw], ['due', undefined, undefined])
})

test('where the store is so slow that every look is old, the second one is good enough', async () => {
  const { post, id, notice } = await withNews('slow')
  const now = performance.now.bind(performance)
  let slept = 0
  mock.method(performance, 'now', () => now() + (slept += 1_500))
  await post.send(id)
  assert.equal((await notice())?.state, 'sent')
  assert.equal(post.mails.length, 1)
})

test('an order that cannot be looked at fails alone, and a person hears of it; mails beside it go', async () => {
  const one = await withNews('well')
  const other = await withNews('ill')
  await world.rewrite('items', { _id: 'ill/I0' }, { 'now.availability': null })
  await one.post.sendAll([one.id, other.id])
  assert.equal((await one.notice())?.state, 'sent')
  assert.equal((await other.notice())?.state, 'failed')
  assert.ok((await world.store.incidents.openOnes()).some(({ kind, subject }) => kind === 'notice-failed' && subject === other.id)) // prettier-ignore
})

test('a lease that is over is not revived, and nothing is handed over by it', async () => {
  const [one, other] = [await withNews('lease'), await withNews('over')]
  const { notices } = world.store
  const list = [await one.notice(), await other.notice()].filter((notice) => notice !== null)
  await notices.pass(list)
  const claimed = (await notices.claimEach([one.id, other.id], 'test')).filter((claim) => claim !== null)
  assert.equal(claimed.length, 2)
  assert.deepEqual(await notices.claimEach([one.id, other.id], 'another'), [null, null])
  await world.rewrite('notices', { _id: other.id }, { 'claim.until': new Date(0) })
  for (const claim of claimed) await notices.renew(claim)
  const message = { to: 'a@example.com', language: 'cs' as const, subject: '', text: '', messageId: '<1@x>', news: [], others: {} } // prettier-ignore
  assert.deepEqual(await notices.handEach(claimed.map((claim) => ({ claimed: claim, message }))), [true, false])
  const [again] = await notices.claimEach([other.id], 'another')
  assert.ok(again)
  const endings = claimed.map((claim) => ({ claimed: claim, state: 'sent' as const }))
  assert.deepEqual(await notices.endEach(endings), [true, false])
})

test('what another process noted as handed over does not pass for ours', async () => {
  const { id, notice } = await withNews('hand')
  // A process of its own, that counts its claims and handings from one: this is its first claim, and its second step.
  await using store = await openStore({ url: world.mongodbUrl, name: 'another', leaseSeconds: 2 })
  await store.notices.pass([await notice()].filter((one) => one !== null))
  await world.rewrite('notices', { _id: id }, { 'claim.hand': 2 })
  const [claimed = null] = await store.notices.claimEach([id], 'another')
  assert.ok(claimed)
  await world.rewrite('notices', { _id: id }, { 'claim.until': new Date(0) })
  const message = { to: 'a@example.com', language: 'cs' as const, subject: '', text: '', messageId: '<1@x>', news: [], others: {} } // prettier-ignore
  assert.deepEqual(await store.notices.handEach([{ claimed, message }]), [false])
})

test('who dies after the mail was accepted has left its log line: a restored backup misses none', async () => {
  const { post, id } = await withNews('dies')
  const lines: string[] = []
  mock.method(world.context.log, 'info', (_: object, words: string) => void lines.push(words))
  world.context.at = async (step) => {
    if (step === 'sent-marked') throw new Error('killed')
  }
  await assert.rejects(post.send(id), /killed/)
  const sent = lines.flatMap((msg) => readSent(JSON.stringify({ time: Date.now(), msg })) ?? [])
  assert.deepEqual(
    sent.map(({ notice }) => notice),
    [id],
  )
})
