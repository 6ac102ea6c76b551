import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { dayOf } from '#core/domain/day.ts'
import { addDays } from '#core/domain/grammar/calendar.ts'
import { MailServerAway } from '#notifier/mail-connections.ts'
import type { Line } from '#notifier/sending.ts'
import { sweep } from '#notifier/sweep.ts'
import { makeTestContext, makeTestSupplier, type TestContext } from './a-context.ts'
import { makeDesk, putOrders } from './a-desk.ts'
import { killInWindow } from './a-kill.ts'
import { makePost } from './a-post.ts'

/** What may have been accepted, and nobody knows: it goes again as it was, or counts as sent, and nobody is misled. */
let world: TestContext
before(async () => {
  world = await makeTestContext()
})
afterEach(() => {
  world.clock.now = new Date()
})
after(() => world.close())

type Handed = Awaited<ReturnType<Line['hand']>>

const row = (delivery: string) => [{ code: 'I0', title: 'Thing', cells: { delivery } }]

/** One order whose news waits to be sent. */
async function withNews(name: string, more?: Parameters<typeof putOrders>[1]['more']) {
  const supplier = await makeTestSupplier(world, name)
  const read = (delivery: string) => supplier.read(row(delivery))
  await read('1. 3. 2030')
  const put = (changed = more) => putOrders(world, { supplier: name, count: 1, ...(changed && { more: changed }) })
  await put()
  await read('1. 4. 2030')
  const id = `${name}-0/1`
  const notice = () => world.store.notices.get(id)
  const told = async () => (await world.store.orders.get(`${name}-0`))?.lines['1']?.told
  const incident = async () => (await world.store.incidents.openOnes()).find(({ subject }) => subject === id)
  return { read, put, id, notice, told, incident, post: await makePost(world) }
}

/** A mail server that answers by a list, then takes what it is given; and all that it may have taken. */
async function answering(answers: Handed[]) {
  const taken: Uint8Array[] = []
  const hand = async ({ raw }: { raw: Uint8Array }) => {
    const answer = answers.shift() ?? { kind: 'accepted' as const }
    if (answer.kind === 'accepted' || answer.kind === 'unknown') taken.push(raw)
    return answer
  }
  const post = await makePost(world, { withLine: async (use) => use({ hand, giveBack: () => {} }) })
  /** Sends it, and lets the pause after it pass; says how many seconds that was, in steps of five. */
  async function send(id: string): Promise<number> {
    await post.send(id)
    const { dueAt = new Date(0), state } = (await world.store.notices.get(id)) ?? {}
    const pause = (dueAt.getTime() - Date.now()) / 1000
    if (state === 'due') await world.rewrite('notices', { _id: id }, { dueAt: new Date(0) })
    if (state === 'sending') await leaseEnds(id)
    return Math.ceil(pause / 5) * 5
  }
  return { send, taken }
}

const leaseEnds = (id: string) => world.rewrite('notices', { _id: id }, { 'claim.until': new Date(0) })

const lost: Handed = { kind: 'unknown', words: 'the connection broke' }
const later: Handed = { kind: 'refused', forGood: false, aboutAddress: false, words: '451 try later' }
const noSuchUser: Handed = { kind: 'refused', forGood: true, aboutAddress: true, words: '550 no such user' }

test('refusals before a lost answer are no lost answers: the message goes again', async () => {
  const { id, notice, told } = await withNews('greylist')
  const { send, taken } = await answering([later, later, later, later, later, lost])
  for (let tries = 1; tries <= 5; tries += 1) await send(id)
  assert.equal(await send(id), 5, 'it rests as after the first lost answer')
  assert.deepEqual([(await notice())?.state, (await told())?.source], ['sending', 'shop'])
  await send(id)
  assert.deepEqual([(await notice())?.state, taken.length, (await told())?.uncertain], ['sent', 2, undefined])
})

test('after a lost answer a server that says later is asked for a day, then it counts as sent and a person hears', async () => {
  const { id, notice, told, incident } = await withNews('deferred')
  const { send, taken } = await answering([lost, ...Array.from({ length: 8 }, () => later)])
  await send(id)
  const pauses: number[] = []
  for (let tries = 1; tries <= 7; tries += 1) pauses.push(await send(id))
  assert.deepEqual(pauses, [15, 30, 60, 120, 240, 480, 960])
  assert.equal((await notice())?.state, 'sending')
  world.clock.now = new Date(Date.now() + 25 * 3_600_000)
  await send(id)
  const { state, window } = (await notice()) ?? {}
  assert.deepEqual([state, window, taken.length, (await told())?.uncertain], ['sent', true, 1, true])
  assert.match((await incident())?.words ?? '', /nobody knows whether it was sent.*451 try later/)
})

test('of six lost answers the last counts as sent', async () => {
  const { id, notice, told, incident } = await withNews('lost')
  const { send, taken } = await answering(Array.from({ length: 6 }, () => lost))
  for (let tries = 1; tries <= 6; tries += 1) await send(id)
  assert.deepEqual([(await notice())?.state, taken.length, (await told())?.uncertain], ['sent', 6, true])
  assert.equal((await incident())?.kind, 'window')
})

test('in the window too, a server that is away counts as no try', async () => {
  const { id, notice } = await withNews('gone')
  const away: Handed = { kind: 'not-handed', words: 'connection refused' }
  const { send } = await answering([lost, ...Array.from({ length: 8 }, () => away)])
  await send(id)
  for (let tries = 1; tries <= 8; tries += 1) {
    await assert.rejects(send(id), MailServerAway)
    await leaseEnds(id)
  }
  assert.equal((await notice())?.tries.length, 1)
  await send(id)
  assert.equal((await notice())?.state, 'sent')
})

test('a date that has passed by then is not mailed as a date, though news of it is due in other words', async () => {
  const { policy } = world.context
  world.context.policy = { ...policy, overdueAfterDays: 2 }
  const today = dayOf(new Date(), 'Europe/Prague')
  const [told, soon] = [addDays(today, 1), addDays(today, 3)]
  const supplier = await makeTestSupplier(world, 'past', { confirm: 'none' })
  await supplier.read(row(told))
  await putOrders(world, { supplier: 'past', count: 1, more: (_i, line) => ({ lines: [{ ...line, told }] }) }) // prettier-ignore
  await supplier.read(row(soon))
  const post = await makePost(world)
  assert.equal((await world.store.notices.get('past-0/1'))?.news[0]?.kind, 'delayed')
  await killInWindow(world, post, 'past-0/1')
  world.clock.now = new Date(`${addDays(soon, 3)}T12:00:00Z`)
  await supplier.read(row(soon))
  await post.send('past-0/1')
  world.context.policy = policy
  const [first, second] = await world.store.notices.ofOrder('past-0')
  assert.equal(post.mails.length, 1, 'nothing went but before the kill')
  assert.deepEqual([first?.state, first?.window, second?.news[0]?.kind], ['sent', true, 'overdue'])
})

const withSecond = (status: string) => (_i: number, line: object) => ({ lines: [line, { ...line, id: '2', status }] })

test('where only a part moved a person hears that the rest may never have been told', async () => {
  const { id, put, notice, incident, post } = await withNews('part', withSecond('open'))
  await killInWindow(world, post, id)
  await put(withSecond('cancelled'))
  await post.send(id)
  assert.deepEqual([(await notice())?.state, (await world.store.notices.ofOrder('part-0')).length], ['sent', 1])
  const { kind, words, hint } = (await incident()) ?? {}
  assert.equal(kind, 'window')
  assert.match(words ?? '', /a part of what it says moved/)
  assert.match(hint ?? '', /resend part-0\/1/)
  const { body } = await makeDesk(world).ask('GET', '/v1/orders/part-0/timeline')
  const said = (body['happened'] as { words: string }[]).map((one) => one.words).join()
  assert.match(said, /sent: it may have been sent; .* · nobody knows whether it arrived/)
})

test('where all moved its next notice says so, in no words of a second delay, and no person is asked', async () => {
  const { id, read, incident, post } = await withNews('all')
  await killInWindow(world, post, id)
  await read('1. 5. 2030')
  await post.send(id)
  await post.send('all-0/2')
  const [first, second] = await world.store.notices.ofOrder('all-0')
  assert.deepEqual([first?.state, second?.state, await incident()], ['sent', 'sent', undefined])
  assert.deepEqual([second?.news[0]?.kind, second?.news[0]?.again], ['delayed', undefined])
})

test('where all moved by too little to be told no next notice says so: a person is asked', async () => {
  const { policy } = world.context
  world.context.policy = { ...policy, toleranceDays: { ...policy.toleranceDays, day: 10 } }
  const { id, read, notice, incident, post } = await withNews('little')
  await killInWindow(world, post, id)
  await read('5. 4. 2030')
  await post.send(id)
  const list = (await world.store.notices.ofOrder('little-0')).map(({ state }) => state)
  assert.deepEqual([list, (await incident())?.kind], [['sent'], 'window'])
  assert.equal((await notice())?.window, true)
  const { status } = await makeDesk(world).ask('POST', `/v1/notices/${encodeURIComponent(id)}/resend`)
  await sweep(world.context)
  world.context.policy = policy
  const { state, news = [] } = (await world.store.notices.get('little-0/2')) ?? {}
  assert.deepEqual([status, state, news.map(({ kind }) => kind)], [200, 'due', ['delayed']])
})

test('nothing goes again to an address that was refused meanwhile; freed by a person, the same message does', async () => {
  const { id, notice, told, post } = await withNews('refused')
  const email = 'refused-0@example.com'
  await killInWindow(world, post, id)
  await world.store.people.suppress(email, '550 no such user')
  await post.send(id)
  const { state, reason, handedAt, message } = (await notice()) ?? {}
  assert.deepEqual([post.mails.length, state, reason], [1, 'suppressed', '550 no such user'])
  assert.ok(handedAt !== undefined && message?.raw !== undefined, 'that it may have been accepted stays known')
  await world.store.people.free(email)
  await sweep(world.context)
  await post.send(id)
  assert.equal(post.mails.length, 2)
  assert.deepEqual([(await notice())?.state, (await told())?.uncertain], ['sent', undefined])
})

test('refused for good, and killed before that was noted: it waits for another address, and that is told anew', async () => {
  const { id, put, notice, incident, told } = await withNews('unnoted')
  const { send } = await answering([lost, noSuchUser])
  await send(id)
  await world.store.people.suppress('unnoted-0@example.com', '550 no such user')
  await send(id)
  assert.equal((await notice())?.state, 'suppressed')
  await put(() => ({ customer: { email: 'right@example.com' } }))
  assert.equal((await notice())?.state, 'due')
  await send(id)
  const next = await world.store.notices.get('unnoted-0/2')
  assert.deepEqual([(await notice())?.state, next?.state, next?.news[0]?.kind], ['sent', 'due', 'delayed'])
  assert.equal(await incident(), undefined)
  assert.ok(
    !(await world.store.orders.toLook(100)).includes('unnoted-0'),
    'mails of all others would wait for its look',
  )
  const post = await makePost(world)
  await post.send('unnoted-0/2')
  assert.deepEqual([post.mails[0]?.to.address, (await told())?.uncertain], ['right@example.com', undefined])
  assert.doesNotMatch(post.mails[0]?.text ?? '', /března/, 'nobody knows whether the old date is what they hold')
})

test('what may have been accepted stays known where its order cannot be looked at for a while', async () => {
  const { id, read, notice, told, post } = await withNews('defect')
  await killInWindow(world, post, id)
  const item = await world.store.items.get('defect/I0')
  await world.rewrite('items', { _id: 'defect/I0' }, { 'now.availability': null })
  await post.send(id)
  assert.equal((await notice())?.state, 'failed')
  await world.rewrite('items', { _id: 'defect/I0' }, { 'now.availability': item?.now?.availability })
  await read('1. 5. 2030')
  await post.send(id)
  const list = (await world.store.notices.ofOrder('defect-0')).map(({ state }) => state)
  assert.deepEqual([list, (await told())?.uncertain, post.mails.length], [['sent', 'due'], true, 1])
})
