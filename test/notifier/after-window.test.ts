import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sweep } from '#notifier/sweep.ts'
import { makeTestContext, makeTestSupplier, type TestContext } from './a-context.ts'
import { makeDesk, putOrders, type Desk } from './a-desk.ts'
import { killInWindow } from './a-kill.ts'
import { makePost } from './a-post.ts'

/** Troubles of notices end: by a person's word, or as soon as the notice or a later one of its order has got on. */
let world: TestContext
let desk: Desk
before(async () => {
  world = await makeTestContext()
  desk = makeDesk(world)
})
after(() => world.close())

const withSecond = (status: string) => (_i: number, line: object) => ({ lines: [line, { ...line, id: '2', status }] })
const onTwoItems = (_i: number, line: object) => ({ lines: [line, { ...line, id: '2', code: 'I1' }] })
const newest = async (order: string) => (await world.store.notices.ofOrder(order)).at(-1)
const openOf = async (id: string) =>
  (await world.store.incidents.openOnes()).filter(({ subject }) => subject === id).map(({ kind }) => kind)

async function resend(id: string) {
  const answer = await desk.ask('POST', `/v1/notices/${encodeURIComponent(id)}/resend`)
  await sweep(world.context)
  return answer
}

/** One order of two lines; of its mail nobody knows whether it arrived, and one line was cancelled since. */
async function unheard(name: string, days: string[] = []) {
  const supplier = await makeTestSupplier(world, name)
  const read = (delivery: string) => supplier.read([{ code: 'I0', title: 'Thing', cells: { delivery } }])
  await read('1. 3. 2030')
  await putOrders(world, { supplier: name, count: 1, more: withSecond('open') })
  const post = await makePost(world)
  await read('1. 4. 2030')
  for (const day of days) {
    await post.send((await newest(`${name}-0`))?.id ?? '')
    await read(day)
  }
  const id = (await newest(`${name}-0`))?.id ?? ''
  await killInWindow(world, post, id)
  await putOrders(world, { supplier: name, count: 1, more: withSecond('cancelled') })
  await post.send(id)
  assert.deepEqual([(await world.store.notices.get(id))?.state, await openOf(id)], ['sent', ['window']])
  post.mails.length = 0
  return { read, id, post }
}

test('what counts as sent and never arrived is told anew by a person’s word, with a Message-ID of its own and no old date', async () => {
  const { id, post } = await unheard('anew')
  const first = (await world.store.notices.get(id))?.message?.messageId
  assert.equal((await resend(id)).status, 200)
  const { state, news = [] } = (await newest('anew-0')) ?? {}
  assert.deepEqual([state, news.map(({ line, kind }) => [line, kind])], ['due', [['1', 'delayed']]])
  assert.deepEqual(await openOf(id), [])
  await post.send('anew-0/2')
  const [mail, ...more] = post.mails
  assert.deepEqual(more, [])
  assert.match(mail?.text ?? '', /1\. dubna 2030/)
  assert.doesNotMatch(mail?.text ?? '', /března/)
  assert.notEqual(mail?.messageId, first)
  const twice = await resend(id)
  assert.equal(twice.status, 409)
  assert.match(String(twice.body['detail']), /only until its lines are told anew/)
})

test('what is taken back asks for the look that tells it anew in the same write: no kill comes in between', async () => {
  const { id } = await unheard('taken')
  assert.equal(await world.store.orders.takeBack({ id, order: 'taken-0' }), true)
  assert.ok((await world.store.orders.toLook(100)).includes('taken-0'))
  await sweep(world.context)
  assert.equal((await newest('taken-0'))?.n, 2)
})

test('a correction that never arrived is told anew as one', async () => {
  const { id } = await unheard('corrected', ['1. 3. 2030'])
  assert.equal((await resend(id)).status, 200)
  assert.deepEqual(
    (await newest('corrected-0'))?.news.map(({ line, kind }) => [line, kind]),
    [['1', 'correction']],
  )
})

test('told anew it says what is so by then, and nothing where that is what the customer held before', async () => {
  const moved = await unheard('moved')
  await moved.read('1. 6. 2030')
  assert.equal((await resend(moved.id)).status, 200)
  const { n, news } = (await newest('moved-0')) ?? {}
  assert.deepEqual([n, news?.[0]?.told, news?.[0]?.now], [2, expected('2030-03-01'), expected('2030-06-01')])
  const back = await unheard('back')
  await back.read('1. 3. 2030')
  assert.equal((await newest('back-0'))?.news[0]?.kind, 'correction', 'it may have arrived')
  assert.equal((await resend(back.id)).status, 200)
  assert.equal((await newest('back-0'))?.state, 'superseded', 'it did not')
})

test('a person says that it did arrive; other troubles end by themselves', async () => {
  const { id } = await unheard('arrived')
  const close = (kind: string) => desk.ask('POST', '/v1/incidents/close', { kind, subject: id })
  assert.equal((await close('notice-failed')).status, 400)
  const { status, body } = await close('window')
  assert.deepEqual([status, body['subject'], await openOf(id)], [200, id, []])
  assert.equal((await close('window')).status, 404)
})

test('a later mail that did arrive tells what is so of the line: nobody needs to ask any more', async () => {
  const { read, id, post } = await unheard('later')
  await sweep(world.context)
  assert.deepEqual(await openOf(id), ['window'])
  await read('1. 5. 2030')
  await post.send('later-0/2')
  await sweep(world.context)
  assert.deepEqual(await openOf(id), [])
})

test('a later mail says nothing of a line that it does not tell: a person is still asked, and may have it told anew', async () => {
  const supplier = await makeTestSupplier(world, 'beside')
  const read = (...deliveries: string[]) =>
    supplier.read(deliveries.map((delivery, i) => ({ code: `I${i}`, title: `Thing ${i}`, cells: { delivery } })))
  await read('1. 3. 2030', '1. 3. 2030')
  await putOrders(world, { supplier: 'beside', count: 1, more: onTwoItems })
  await read('1. 4. 2030', '1. 4. 2030')
  const post = await makePost(world)
  const id = 'beside-0/1'
  await killInWindow(world, post, id)
  await read('1. 4. 2030', '1. 5. 2030')
  await post.send(id)
  post.mails.length = 0
  await post.send('beside-0/2')
  assert.doesNotMatch(post.mails[0]?.text ?? '', /1\. dubna 2030/)
  await sweep(world.context)
  assert.deepEqual(await openOf(id), ['window'])
  assert.equal((await resend(id)).status, 200)
  const { n, news = [] } = (await newest('beside-0')) ?? {}
  assert.deepEqual([n, news.map(({ line, kind }) => [line, kind]), await openOf(id)], [3, [['1', 'delayed']], []])
})

test('the trouble of a failed notice is over once it was sent, by whatever it was freed', async () => {
  const supplier = await makeTestSupplier(world, 'failed')
  const read = (delivery: string) => supplier.read([{ code: 'I0', title: 'Thing', cells: { delivery } }])
  await read('1. 3. 2030')
  await putOrders(world, { supplier: 'failed', count: 1 })
  await read('1. 4. 2030')
  const refusing = await makePost(world, { withLine: async (use) => use({ hand: refuse, giveBack: () => {} }) })
  const id = 'failed-0/1'
  await refusing.send(id)
  await sweep(world.context)
  assert.deepEqual([(await world.store.notices.get(id))?.state, await openOf(id)], ['failed', ['notice-failed']])
  await read('1. 5. 2030')
  const post = await makePost(world)
  await post.send(id)
  await sweep(world.context)
  assert.deepEqual([(await world.store.notices.get(id))?.state, await openOf(id)], ['sent', []])
})

async function refuse() {
  return { kind: 'refused' as const, forGood: true, aboutAddress: false, words: '554 content' }
}

function expected(day: string) {
  return { kind: 'expected', from: day, to: day, precision: 'day' }
}
