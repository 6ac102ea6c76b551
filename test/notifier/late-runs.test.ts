import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeLateRuns } from '#notifier/late-runs.ts'

function make() {
  const world = { ms: 0, isConnected: true }
  const late = makeLateRuns({ isConnected: () => world.isConnected, elapsedMs: () => world.ms })
  const look = (afterSeconds: number, ...ids: string[]) => {
    world.ms += afterSeconds * 1000
    return late.ripe(ids.map((id) => ({ id }))).map(({ id }) => id)
  }
  return { world, late, look }
}

test('a run is late only once it was seen so for a while', () => {
  const { look } = make()
  assert.deepEqual(look(1000, 'a'), [])
  assert.deepEqual(look(10, 'a', 'b'), [])
  assert.deepEqual(look(10, 'a', 'b'), ['a'])
  assert.deepEqual(look(10, 'a', 'b'), ['a', 'b'])
  assert.deepEqual(look(10, 'b'), ['b'])
  assert.deepEqual(look(10, 'a'), [], 'one that went on in between begins anew')
})

test('the time of a long pause between two looks does not count', () => {
  const { look } = make()
  look(0, 'a')
  assert.deepEqual(look(600, 'a'), [])
  assert.deepEqual(look(10, 'a'), ['a'])
})

test('while the broker or the store is away nobody is late', () => {
  const { world, late, look } = make()
  look(0, 'a')
  look(10, 'a')
  world.isConnected = false
  assert.deepEqual(look(10, 'a'), [])
  world.isConnected = true
  assert.deepEqual(look(10, 'a'), [])
  late.forget()
  assert.deepEqual(look(10, 'a'), [])
  assert.deepEqual(look(10, 'a'), [])
  assert.deepEqual(look(10, 'a'), ['a'])
})
