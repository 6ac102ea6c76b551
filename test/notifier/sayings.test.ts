import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Item } from '#core/domain/item.ts'
import { readObservation } from '#notifier/read-observation.ts'
import { declarationOf } from '#test/support/world.ts'

type Read = { on: string; said: string; title?: string; before?: string }

/** What accepted runs make of one item, one after the other; each knows when the one before it was requested. */
function after(reads: Read[]): Item {
  let item: Item | undefined
  let last: string | null = null
  for (const [i, { on, said, title = 'Aurora', before = last }] of reads.entries()) {
    const run = { id: `acme-${i}`, number: i + 1, requestedAt: new Date(`${on}T08:00:00Z`) }
    const observation = { code: 'A', title, cells: { delivery: said } }
    const sight = { run, day: on, before: before === null ? null : new Date(`${before}T08:00:00Z`) }
    item = readObservation(observation, item, { ...sight, declaration: declarationOf() }) ?? item
    last = on
  }
  assert.ok(item)
  return item
}
const sayings = (item: Item) => item.sayings['delivery']?.map(({ text, anchor }) => `${text} ${anchor}`)

test('no accepted run for weeks ends no saying, though something else of the row became another meanwhile', () => {
  const first = after([{ on: '2029-01-01', said: 'za 3 týdny' }])
  const later = after([
    { on: '2029-01-01', said: 'za 3 týdny' },
    { on: '2029-01-18', said: 'Za 3  týdny', title: 'Aurora (new edition)' },
  ])
  assert.deepEqual(sayings(later), ['za 3 týdny 2029-01-01'])
  assert.deepEqual(later.now?.availability, first.now?.availability)
})

test('an item that was not in the table for weeks goes on with its saying', () => {
  const [gone, back] = [{ on: '2029-01-01', said: 'za 3 týdny' }, { on: '2029-02-01', said: 'za 3 týdny' }] // prettier-ignore
  const missing = { since: new Date('2029-01-02'), lastConfirmedAt: new Date('2029-01-01'), run: 'acme-1', runs: 9 }
  const existing = { ...after([gone]), marks: { missing } }
  const run = { id: 'acme-9', number: 9, requestedAt: new Date('2029-02-01T08:00:00Z') }
  const sight = { run, day: back.on, before: new Date('2029-01-31'), declaration: declarationOf() }
  const item = readObservation({ code: 'A', title: 'Aurora', cells: { delivery: back.said } }, existing, sight)
  assert.deepEqual(item && [sayings(item), item.marks], [['za 3 týdny 2029-01-01'], {}])
})

for (const [days, day, anchor] of [
  ['fourteen days', '2029-01-16', '2029-01-01'],
  ['more than fourteen days', '2029-01-17', '2029-01-17'],
] as const)
  test(`a text that comes back after ${days} counts from ${anchor}`, () => {
    // Last seen on the second: the run after it reads something else.
    const item = after([
      { on: '2029-01-01', said: 'za 3 týdny' },
      { on: '2029-01-03', said: 'dotaz', before: '2029-01-02' },
      { on: day, said: 'za 3 týdny' },
    ])
    assert.equal(sayings(item)?.[0], `za 3 týdny ${anchor}`)
  })
