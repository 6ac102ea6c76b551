import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chaos } from '#infra/chaos/chaos.ts'
import { report } from '#infra/chaos/report.ts'
import { sum } from '#infra/chaos/trouble.ts'

test('whatever is killed or frozen: nothing is lost, wrong or doubled', { timeout: 900_000 }, async (t) => {
  // Always the same script; `npm run chaos` plays others.
  const seed = 5
  const outcome = await chaos({
    seed,
    suppliers: 5,
    items: 200,
    orders: 120,
    seconds: 45,
    leastKills: 10,
    confirming: 1,
    keepLogs: false,
    say: () => {},
    signal: new AbortController().signal,
  })
  const { lost, wrong, doubled, left, tally } = outcome
  const nothing = { lost: [], wrong: [], doubled: [], left: [] }
  assert.deepEqual({ lost, wrong, doubled, left }, nothing, `seed ${seed}\n${report(outcome)}`)
  assert.ok(sum(tally.kills) >= 10, report(outcome))
  t.diagnostic(report(outcome))
})
