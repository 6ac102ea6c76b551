import assert from 'node:assert/strict'
import { after, afterEach, before, mock, test } from 'node:test'
import { readSent } from '#core/domain/sent-line.ts'
import { openStore } from '#core/store/store.ts'
import { outdated } from '#notifier/handed.ts'
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

/** Does this once, at the last step but the last one of them: that says whether sending is live. */
function onceNoted(act: () => Promise<void>): () => Promise<boolean> {
  let isNoted = false
  world.context.at = (step) => void (isNoted ||= step === 'handed')
  return async () => {
    if (isNoted) {
      delete world.context.at
      isNoted = false
      await act()
    }
    return true
  }
}

test('what moved while the store said whether sending is live is what the mail says', async () => {
  const { read, id } = await withNews('mode')
  const mayStillSend = onceNoted(async () => {
    await read('1. 5. 2030')
    letTimePass(30_000)
  })
  const post = await makePost(world, { mayStillSend })
  await post.send(id)
  assert.equal(post.mails.length, 1)
  assert.match(post.mails[0]?.text ?? '', /května 2030/)
})

test('what moved while a mail was noted a second time is what it says', async () => {
  const { read, post, id } = await withNews('again')
  let notes = 0
  post.meanwhile.beforeLine = async () => letTimePass(2_000)
  world.context.at = async (step) => {
    if (step !== 'handed' || (notes += 1) !== 2) return
    await read('1. 5. 2030')
    letTimePass(30_000)
  }
  await post.send(id)
  assert.equal(post.mails.length, 1)
  assert.match(post.mails[0]?.text ?? '', /května 2030/)
})

test('what moved while a session that had ended was begun anew is what the mail says', async () => {
  const { read, id, notice } = await withNews('session')
  let tries = 0
  const hand = async (_: object, mayGo = () => true) => {
    if ((tries += 1) > 1) return { kind: 'accepted' as const }
    await read('1. 5. 2030')
    letTimePass(4_000)
    return mayGo() ? { kind: 'accepted' as const } : outdated
  }
  const post = await makePost(world, { withLine: (use) => use({ hand, giveBack: () => {} }) })
  await post.send(id)
  assert.equal(tries, 2)
  const { state, message } = (await notice()) ?? {}
  assert.equal(state, 'sent')
  assert.match(message?.text ?? '', /května 2030/)
})

test('who was cut off from the store for longer than its lease does not send an old date after the newer one', async () => {
  const { read, id } = await withNews('cut')
  const other = await makePost(world)
  const mayStillSend = onceNoted(async () => {
    await world.rewrite('notices', { _id: id }, { 'claim.until': new Date(0) })
    await read('1. 5. 2030')
    await other.send(id)
    await other.send('cut-0/2')
    letTimePass(40_000)
  })
  const post = await makePost(world, { mayStillSend })
  await post.send(id)
  assert.deepEqual(post.mails, [])
  assert.equal(other.mails.length, 1)
  assert.match(other.mails[0]?.text ?? '', /května 2030/)
})

/** The store takes so long for what follows each look. */
function slowStore(milliseconds: number): void {
  world.context.at = (step) => void (step === 'looked' && letTimePass(milliseconds))
}

test('where the store is slow, a later look may be somewhat older', async () => {
  const { post, id, notice } = await withNews('slow')
  slowStore(1_500)
  await post.send(id)
  assert.deepEqual([(await notice())?.state, post.mails.length], ['sent', 1])
})

test('where the store is so slow that every look is old, nothing goes by one, and the mail is due again', async () => {
  const { post, id, notice } = await withNews('stalls')
  slowStore(10_000)
  await post.send(id)
  const { state, handedAt } = (await notice()) ?? {}
  assert.deepEqual([state, handedAt, post.mails], ['due', undefined, []])
})

test('no look is good enough that is older than a lease', async () => {
  const { id, notice } = await withNews('short')
  const post = await makePost(world, { renewEveryMs: 300 })
  slowStore(950)
  await post.send(id)
  assert.deepEqual([(await notice())?.state, post.mails], ['due', []])
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
