import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Item } from '#core/domain/item.ts'
import type { Observation } from '#core/domain/messages.ts'
import { readObservation } from '#notifier/read-observation.ts'
import { declarationOf } from '#test/support/world.ts'

const whole: Observation = { code: 'A', title: 'Aurora', cells: { delivery: 'za 3 týdny' } }
const torn: Observation = { code: 'A', title: '', cells: {}, said: 'A | Aurora | ???' }

function seen(observation: Observation, existing: Item | undefined, number: number): Item | null {
  const requestedAt = new Date(Date.UTC(2026, 10, number))
  const day = requestedAt.toISOString().slice(0, 10)
  const run = { id: `acme-${number}`, number, requestedAt }
  return readObservation(observation, existing, { run, day, before: null, declaration: declarationOf() })
}

test('a row that could not be told apart makes its item unreadable: not missing, and nothing else of it moves', () => {
  const first = seen(whole, undefined, 1) ?? undefined
  const then = seen(torn, first, 2)
  assert.deepEqual(then?.now, first?.now)
  assert.deepEqual([then?.title, then?.sayings, then?.marks.unreadable?.said], ['Aurora', first?.sayings, torn.said])
  assert.equal(seen(torn, then ?? undefined, 3), null, 'said again it is nothing new')
})

test('its saying goes on when the row is whole again, and the mark is gone', () => {
  const first = seen(whole, undefined, 1) ?? undefined
  const after = seen(whole, seen(torn, first, 2) ?? undefined, 3)
  assert.deepEqual([after?.marks, after?.now], [{}, first?.now])
  assert.equal(after?.sayings['delivery']?.[0]?.anchor, '2026-11-01')
})

test('an item met first in such a row is known, and unreadable', () => {
  const item = seen(torn, undefined, 1)
  assert.deepEqual([item?.now, item?.marks.unreadable?.said], [null, torn.said])
})

test('what was missing and is there in such a row is missing no more', () => {
  const first = seen(whole, undefined, 1)
  assert.ok(first)
  const missing = { since: new Date(0), lastConfirmedAt: new Date(0), run: 'acme-2', runs: 1 }
  const back = seen(torn, { ...first, marks: { missing } }, 3)
  assert.deepEqual(Object.keys(back?.marks ?? {}), ['unreadable'])
})
