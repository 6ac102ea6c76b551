import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { makeMailLines } from '#notifier/mail-lines.ts'
import { MailServerAway } from '#notifier/mail-connections.ts'
import type { Mailer } from '#notifier/mailer.ts'
import { makeTestContext } from './a-context.ts'

const world = await makeTestContext()
after(() => world.close())

const line = { hand: async () => ({ kind: 'accepted' as const }), giveBack: () => {} }
const mailer: Mailer = { compose: async () => new Uint8Array(), open: async () => line, close: () => {} }

/** How many of a hundred mails are made ready at the same time. */
async function readyAtOnce(lines: ReturnType<typeof makeMailLines>): Promise<number> {
  let [now, most] = [0, 0]
  const send = async () => {
    now += 1
    most = Math.max(most, now)
    await new Promise(setImmediate)
    now -= 1
  }
  await Promise.all(Array.from({ length: 100 }, () => lines.inTurn(send)))
  return most
}

test('a slow mail server has fewer mails made ready for it, at least one a connection; a fast one as many as before', async () => {
  const lines = makeMailLines(world.context, { mailer, connections: 2 })
  const usual = await readyAtOnce(lines)
  lines.waited(true)
  assert.equal(await readyAtOnce(lines), usual / 2)
  for (let i = 0; i < 10; i += 1) lines.waited(true)
  assert.equal(await readyAtOnce(lines), 2)
  for (let i = 0; i < 100; i += 1) lines.waited(false)
  assert.equal(await readyAtOnce(lines), usual)
})

test('no more connections are lent than there are', async () => {
  let [now, most] = [0, 0]
  const lines = makeMailLines(world.context, { mailer, connections: 3 })
  const use = async () => {
    now += 1
    most = Math.max(most, now)
    await new Promise(setImmediate)
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
  const lines = makeMailLines(world.context, { mailer: { ...mailer, open: away }, connections: 2 })
  await lines.look()
  await assert.rejects(
    lines.lend(async () => {}),
    MailServerAway,
  )
  assert.equal(tries, 1)
  assert.ok(lines.rest.isOn())
})
