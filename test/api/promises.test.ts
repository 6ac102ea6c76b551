import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PromisesSeen } from '#api/promises.ts'
import { sayPromises } from '#api/promises.ts'
import type { Incident } from '#core/store/incidents.ts'

const counts = {
  notAccepted: 3,
  moved: 0,
  sent: 12,
  lastSent: 12,
  twice: 0,
  needless: 0,
  window: 1,
  corrections: 2,
  superseded: 4,
  suppressed: 0,
  failed: 0,
  held: 0,
}
const well: PromisesSeen = { counts, suppliers: [], incidents: [], queues: [] }
const incident = (kind: string) => ({ kind }) as Incident
const parked = { queue: 'notifier.runs' as const, waiting: 0, parked: 2, consumers: 1 }
const stateOf = (seen: Partial<PromisesSeen>, id: string) =>
  sayPromises({ ...well, ...seen }).find((one) => one.id === id)?.state

test('the ten promises in their order; where all is well each that can be counted is kept', () => {
  const said = sayPromises(well)
  assert.deepEqual(
    said.map(({ id, state }) => `${id} ${state}`),
    Array.from({ length: 10 }, (_, i) => `P${i + 1} ${i + 1 === 7 ? 'not counted' : 'kept'}`),
  )
  assert.match(said[2]?.seen ?? '', /12 mails, 1 met the window/)
})

const cases: [id: string, seen: Partial<PromisesSeen>, state: string][] = [
  ['P1', { counts: { ...counts, moved: 1 } }, 'broken'],
  ['P2', { incidents: [incident('definition')] }, 'wants a person'],
  ['P3', { counts: { ...counts, twice: 1 } }, 'broken'],
  ['P4', { incidents: [incident('late')] }, 'broken'],
  ['P4', { incidents: [incident('half-applied')] }, 'broken'],
  ['P5', { counts: { ...counts, held: 5 } }, 'wants a person'],
  ['P6', { counts: { ...counts, needless: 1 } }, 'broken'],
  ['P8', { suppliers: [{ paused: { because: 'refused', since: new Date() } } as never] }, 'wants a person'],
  ['P8', { suppliers: [{ paused: { because: 'gone', since: new Date(), retired: true } } as never] }, 'kept'],
  ['P9', { queues: [parked] }, 'wants a person'],
  ['P9', { queues: null }, 'wants a person'],
  ['P10', { counts: { ...counts, failed: 1 } }, 'wants a person'],
]
for (const [id, seen, state] of cases) {
  test(`${id} with ${JSON.stringify(seen).slice(0, 60)}: ${state}`, () => assert.equal(stateOf(seen, id), state))
}
