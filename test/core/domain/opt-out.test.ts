import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Availability } from '#core/domain/availability.ts'
import { newsKinds } from '#core/domain/news.ts'
import { isNeeded } from '#core/domain/opt-out.ts'

const june: Availability = { kind: 'expected', from: '2027-06-01', to: '2027-06-01', precision: 'day' }

test('nobody can opt out of what makes wrong what they hold, nor of the date they were promised; what is better, more exact or no news can wait', () => {
  const unneeded = newsKinds.filter((kind) => !isNeeded({ kind, told: june }))
  assert.deepEqual(unneeded.toSorted(), ['arrived', 'earlier', 'overdue', 'refined'])
})

test('who was told that it is gone hears that it comes after all, however it comes', () => {
  for (const told of [{ kind: 'sold-out' }, { kind: 'discontinued' }] as const)
    for (const kind of newsKinds) assert.ok(isNeeded({ kind, told }), `${kind} after ${told.kind}`)
})
