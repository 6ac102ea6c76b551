import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import type { Handed } from '#notifier/handed.ts'
import { makeMailer } from '#notifier/mailer.ts'
import { makeRefusals } from '#notifier/refusals.ts'
import { until } from '#test/support/until.ts'
import { makeTestContext, type TestContext } from './a-context.ts'
import { startMailServer } from './a-mail-server.ts'
import { startTestSender, withNotices } from './a-sender.ts'

const policy: Handed = { kind: 'refused', forGood: true, aboutAddress: false, mayMeanUs: true, words: '550 5.7.1 no' }
const greylisted: Handed = { ...policy, forGood: false, words: '451 4.7.1 later' }
const taken: Handed = { kind: 'accepted' }

/** What is made of these answers, one after the other. */
function weighAll(answers: [to: string, answer: Handed][]): string[] {
  const weigh = makeRefusals()
  return answers.map(([to, answer]) => {
    const handed = weigh(answer, to)
    return handed.kind === 'refused' ? (handed.forGood ? 'for good' : 'for now') : handed.kind
  })
}

test('one whom the server refuses beside others is refused for now, and then as the server says', () => {
  const answers = weighAll([
    ['a', taken],
    ['bad', policy],
    ['b', taken],
    ['bad', policy],
    ['c', taken],
  ])
  assert.deepEqual(answers, ['accepted', 'for now', 'accepted', 'for good', 'accepted'])
})

test('a server that refuses all is away, and nobody is refused for good', () => {
  const answers = weighAll([
    ['a', taken],
    ['b', policy],
    ['c', policy],
    ['b', policy],
    ['c', policy],
    ['b', taken],
  ])
  assert.deepEqual(answers, ['accepted', 'for now', 'not-handed', 'not-handed', 'not-handed', 'accepted'])
})

test('of two whom it refuses, each has its answer once others were taken in between', () => {
  const round: [string, Handed][] = [
    ['one', policy],
    ['other', policy],
    ['a', taken],
  ]
  const swapped: [string, Handed][] = [
    ['other', policy],
    ['one', policy],
    ['a', taken],
  ]
  const answers = weighAll([...round, ...swapped, ...round, ...swapped])
  assert.deepEqual(answers.slice(0, 6), ['for now', 'not-handed', 'accepted', 'for now', 'not-handed', 'accepted'])
  assert.deepEqual(answers.slice(6), ['for good', 'not-handed', 'accepted', 'for good', 'not-handed', 'accepted'])
})

test('who is to come again later may do so, however quiet it is; where all are to, the server is away', () => {
  const answers = weighAll([
    ['a', greylisted],
    ['a', greylisted],
    ['b', greylisted],
    ['a', taken],
  ])
  assert.deepEqual(answers, ['for now', 'for now', 'not-handed', 'accepted'])
})

test('one that is refused over and over while nobody else is asked for says nothing of the server', () => {
  const answers = weighAll([
    ['dead', policy],
    ['dead', policy],
    ['dead', policy],
    ['a', taken],
    ['dead', policy],
  ])
  assert.deepEqual(answers, ['for now', 'for now', 'for now', 'accepted', 'for good'])
})

let world: TestContext
before(async () => {
  world = await makeTestContext()
  await world.store.shopSettings.beginSending('live')
})
const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
after(() => world.close())

/** A mail server that refuses so whom the test wants it to. */
async function startRefusing(words: string, isRefused: (address: string) => boolean) {
  const server = await startMailServer({
    onRcptTo({ address }, _, answer) {
      answer(isRefused(address) ? Object.assign(new Error(words), { responseCode: 550 }) : null)
    },
  })
  const url = `smtp://127.0.0.1:${server.port}`
  const mailer = makeMailer({ server: { url, tls: 'none' }, returnPath: 'shop@example.com' })
  closing.push(mailer.close, server.close)
  return mailer
}

const notice = (id: string) => world.store.notices.get(id)

test('one recipient whom the server refuses by its policy holds up nobody, and a person hears of it', async () => {
  const mailer = await startRefusing('5.7.1 on a list of ours', (address) => address.startsWith('policy-0'))
  const [id = ''] = await withNotices(world, 'policy', 4)
  await using _sender = startTestSender(world, { mailer, pauses: { refusedMs: 600_000 } })
  await until('the first refusal', async () => (await notice(id))?.tries.length === 1)
  await withNotices(world, 'others', 3)
  await until('all others to go', async () => (await world.store.notices.count('sent')) === 6)
  await world.rewrite('notices', { _id: id }, { dueAt: new Date(0) })
  await until('its outcome', async () => (await notice(id))?.state === 'failed')
  const incidents = (await world.store.incidents.untold()).map(({ incident }) => [incident.kind, incident.subject])
  assert.deepEqual(incidents, [['notice-failed', id]])
})

for (const words of ['5.7.1 relaying denied', 'relay not permitted']) {
  test(`a mail server that refuses all (${words}) is away, and nothing failed by it`, async () => {
    let isShut = true
    const mailer = await startRefusing(words, () => isShut)
    const ids = await withNotices(world, `shut-${words.length}`, 4)
    const states = async () => (await Promise.all(ids.map(notice))).map((one) => one?.state)
    await using _sender = startTestSender(world, { mailer, pauses: { refusedMs: 100, awayMs: 50, restMs: 20 } })
    const isOpen = async (times: number) =>
      (await world.store.incidents.openOnes()).some(({ kind, seen }) => kind === 'mail-server' && seen >= times)
    await until('the incident, time and again', () => isOpen(5))
    assert.ok((await states()).every((state) => state === 'due' || state === 'sending'))
    isShut = false
    await until('all to go', async () => (await states()).every((state) => state === 'sent'))
    await until('the end of the incident', async () => !(await isOpen(1)))
  })
}
