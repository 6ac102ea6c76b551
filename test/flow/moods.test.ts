import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FaultName } from '#infra/demo/portal/faults.ts'
import { faults, faultsOf } from '#infra/demo/portal/faults.ts'
import { complaints, expected } from '#test/moods/expected.ts'
import { playMood } from '#test/moods/play.ts'
import { openMoodyDemo } from '#test/moods/world.ts'

/**
 * One mood for each failure mode of reading, F21 on top of what F17 told, and the plain faults of the demo's portal; all
 * their variants are in `npm run supplier moods`.
 */
const oneEach: Record<string, FaultName> = {
  F1: 'form-mid-way',
  F2: 'submit-dead',
  F3: 'login-refused',
  F4: 'captcha',
  F5: 'late-rows',
  F6: 'empty-page',
  F7: 'empty-table',
  F8: 'error-once',
  F9: 'down',
  F10: 'column-renamed',
  F11: 'key-reused',
  F12: 'locale-flipped',
  F13: 'formatting-only',
  F14: 'noise',
  F15: 'column-twin',
  F16: 'impossible-dates',
  F17: 'month-given',
  F21: 'refined-within',
  F18: 'looks-like-date',
  F19: 'unreadable-some',
  F20: 'relative-texts',
  F22: 'sentinel-dates',
  F23: 'unknown-status',
  'F1, in the middle': 'session-lost',
  'F6, on one page': 'short-page',
  'F9, at a crawl': 'slow',
}

/** After these the next run is awaited too: that an error resets nothing, and that what was odd passes without a word. */
const aside = new Set(['F8', 'F11'])

let world: Awaited<ReturnType<typeof openMoodyDemo>>
before(async () => {
  world = await openMoodyDemo()
})
after(async () => world.demo[Symbol.asyncDispose]())

for (const [failure, mood] of Object.entries(oneEach)) {
  test(`${failure}: ${faults[mood].about}`, { timeout: 300_000 }, async () => {
    const wanted = expected[mood]
    assert.ok(wanted)
    const outcome = await playMood(world.demo, mood, { codes: world.codes, recover: aside.has(failure) })
    assert.deepEqual(complaints(outcome, wanted), [])
    if (failure !== 'F21') return
    const { items } = await world.demo.get(`/v1/items/demo/${world.codes[0]}/history`)
    assert.equal(items[0].kind, 'refined', 'a day within the month that was told is no delay')
  })
}

test('of every mood it is said what is to come of it', () => {
  assert.deepEqual(
    faultsOf('tokimi').filter((mood) => expected[mood] === undefined),
    [],
  )
})
