import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Handed } from '#notifier/handed.ts'
import { MailServerAway } from '#notifier/mail-connections.ts'
import { until } from '#test/support/until.ts'
import { makeTestContext, type TestContext } from './a-context.ts'
import { lineBy, playMailer, startTestSender, withNotices } from './a-sender.ts'

/** A connection that hangs may take ten minutes to say so: nothing but its own mail waits for it. */
let world: TestContext
before(async () => {
  world = await makeTestContext()
  await world.store.shopSettings.beginSending('live')
})
after(() => world.close())

type Way = 'hangs' | 'away' | 'goes'

/** A mail server whose connections go one of these ways, the last of them over and over. */
function makeMailer(...ways: Way[]) {
  const answer = Promise.withResolvers<Handed>()
  const met: Way[] = []
  const open = async () => {
    const way = (ways.length > 1 ? ways.shift() : ways[0]) ?? 'goes'
    met.push(way)
    if (way === 'away') throw new MailServerAway('connection refused')
    return lineBy(async () => (way === 'hangs' ? answer.promise : { kind: 'accepted' }))
  }
  return { mailer: playMailer({ open }), met, end: () => answer.resolve({ kind: 'accepted' }) }
}

async function sentOf(ids: string[]): Promise<number> {
  const notices = await Promise.all(ids.map((id) => world.store.notices.get(id)))
  return notices.filter((notice) => notice?.state === 'sent').length
}

for (const [name, ...ways] of [
  ['beside one that failed', 'hangs', 'away', 'goes'],
  ['as sending asks whether the mail server is back', 'away', 'away', 'hangs', 'goes'],
] as [string, ...Way[]][]) {
  test(`a connection that hangs ${name} holds up its own mail only`, { timeout: 40_000 }, async () => {
    const first = await withNotices(world, `first-${ways[0]}`, 2)
    const { mailer, met, end } = makeMailer(...ways)
    const sender = startTestSender(world, { mailer, connections: 2, pauses: { restMs: 20, awayMs: 20 } })
    await until('one to hang and one to fail', () => met.includes('hangs') && met.includes('away'))
    const next = await withNotices(world, `next-${ways[0]}`, 4)
    await until('what is due later to go', async () => (await sentOf(next)) === 4, 15)
    end()
    await until('what hung to go', async () => (await sentOf(first)) === 2)
    await sender[Symbol.asyncDispose]()
  })
}

async function sending(ids: string[]): Promise<number> {
  const notices = await Promise.all(ids.map((id) => world.store.notices.get(id)))
  return notices.filter((notice) => notice?.state === 'sending').length
}

test(
  'behind a mail server that hangs few are claimed: the others are due, for whoever gets on',
  { timeout: 40_000 },
  async () => {
    const ids = await withNotices(world, 'behind', 30)
    const { mailer, met, end } = makeMailer('hangs', 'goes')
    await using _sender = startTestSender(world, { mailer })
    try {
      await until('the first to hang', () => met.includes('hangs'))
      // Three each for the two that are made ready by then, at the most.
      const claimed = await sending(ids)
      assert.ok(claimed <= 6, `${claimed} of 30 are claimed`)
    } finally {
      end()
    }
    await until('all to go', async () => (await sentOf(ids)) === 30)
  },
)

test('many are claimed ahead where the mail server is quick', { timeout: 40_000 }, async () => {
  const ids = await withNotices(world, 'quick', 60)
  const { mailer, met, end } = makeMailer(...Array<Way>(20).fill('goes'), 'hangs', 'goes')
  await using _sender = startTestSender(world, { mailer })
  try {
    await until('one to hang', () => met.includes('hangs'))
    await until('the others to be claimed', async () => (await sending(ids)) > 12)
  } finally {
    end()
  }
  await until('all to go', async () => (await sentOf(ids)) === 60)
})
