import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { makeMailLines } from '#notifier/mail-lines.ts'
import { MailServerAway } from '#notifier/mail-connections.ts'
import type { Mailer } from '#notifier/mailer.ts'
import { makeTestContext } from './a-context.ts'

const world = await makeTestContext()
after(() => world.close())

const stopping = new AbortController().signal
const line = { hand: async () => ({ kind: 'accepted' as const }), giveBack: () => {} }
const mailer: Mailer = { compose: async () => new Uint8Array(), open: async () => line, close: () => {} }

/** How many of so many mails are made ready at the same time, if they find this of the connections. */
async function readyAtOnce(lines: ReturnType<typeof makeMailLines>, mails: number, tooLong = false): Promise<number> {
  let now = 0
  let most = 0
  const send = async (i: number) => {
    now += 1
    // The first ones only teach what the last ones are to know.
    if (i > mails - 100) most = Math.max(most, now)
    await new Promise(setImmediate)
    now -= 1
    lines.waited(tooLong)
  }
  await Promise.all(Array.from({ length: mails }, (_, i) => lines.ahead(() => send(i))))
  return most
}

test('one mail a connection is made ready at first; of many in a row more, unless the mail server is slow', async () => {
  const lines = makeMailLines(world.context, { mailer, connections: 2, stopping })
  const many = await readyAtOnce(lines, 1_000)
  assert.ok(many > 4, `${many} at once`)
  assert.equal(await readyAtOnce(lines, 2), 2)
  assert.equal(await readyAtOnce(lines, 1_000, true), 2)
})

test('as many connections are lent as there are, and no more', { timeout: 10_000 }, async () => {
  let [now, most] = [0, 0]
  const lines = makeMailLines(world.context, { mailer, connections: 3, stopping })
  const allLent = Promise.withResolvers<void>()
  const use = async () => {
    now += 1
    most = Math.max(most, now)
    if (now === 3) allLent.resolve()
    await allLent.promise
    now -= 1
  }
  await Promise.all(Array.from({ length: 20 }, () => lines.lend(use)))
  assert.equal(most, 3)
})

test('who comes right after the mail server was found away does not try it again', async () => {
  let tries = 0
  const away = async () => {
    tries += 1
    throw new MailServerAway('connection refused')
  }
  const lines = makeMailLines(world.context, { mailer: { ...mailer, open: away }, connections: 2, stopping })
  await lines.look()
  await assert.rejects(
    lines.lend(async () => {}),
    MailServerAway,
  )
  assert.equal(tries, 1)
  assert.ok(lines.rest.isOn())
})
