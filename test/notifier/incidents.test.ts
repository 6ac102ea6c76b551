import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeLogger } from '#core/process/log.ts'
import { makeIncidents } from '#notifier/incidents.ts'

const trouble = { kind: 'mail-server', subject: 'mail server', words: 'away', hint: 'look' }

/** A store that answers when the test lets it. */
function makeSlowStore() {
  let isOpen = false
  const closing: (() => void)[] = []
  const incidents = {
    open: async () => {
      const isNew = !isOpen
      isOpen = true
      return isNew
    },
    close: async () => {
      const wasOpen = isOpen
      isOpen = false
      await new Promise<void>((resolve) => closing.push(resolve))
      return wasOpen ? { ...trouble, id: 'x', openedAt: new Date(), closedAt: new Date(), seen: 1 } : null
    },
  }
  return { store: { incidents } as never, isOpen: () => isOpen, answer: () => closing.shift()?.() }
}

test('a trouble that begins while another connection asks whether it is over is closed at the next recovery', async () => {
  const { store, isOpen, answer } = makeSlowStore()
  const incidents = makeIncidents({ store, log: makeLogger({ name: 'test', format: 'json', level: 'silent' }) })
  const asking = incidents.recovered('mail-server', 'mail server')
  await incidents.open(trouble)
  answer()
  await asking
  assert.ok(isOpen())
  const again = incidents.recovered('mail-server', 'mail server')
  answer()
  await again
  assert.ok(!isOpen())
})

test('what another notifier opened is closed by whoever meets the recovery, a minute later at the most', async () => {
  const { store, isOpen, answer } = makeSlowStore()
  let elapsedMs = 0
  const log = makeLogger({ name: 'test', format: 'json', level: 'silent' })
  const ours = makeIncidents({ store, log, elapsedMs: () => elapsedMs })
  const others = makeIncidents({ store, log })
  const first = ours.recovered('mail-server', 'mail server')
  answer()
  await first
  await others.open(trouble)
  elapsedMs = 60_000
  const second = ours.recovered('mail-server', 'mail server')
  answer()
  await second
  assert.ok(!isOpen())
})

test('what is known to be over is not asked for again', async () => {
  const { store, answer } = makeSlowStore()
  const incidents = makeIncidents({ store, log: makeLogger({ name: 'test', format: 'json', level: 'silent' }) })
  const first = incidents.recovered('mail-server', 'mail server')
  answer()
  await first
  // It would never end: nobody lets the store answer.
  await incidents.recovered('mail-server', 'mail server')
})
