import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CodeSet } from '#notifier/code-set.ts'

test('it knows what was added and nothing else, among two hundred thousand codes of every kind', () => {
  const set = new CodeSet()
  const codes = Array.from({ length: 200_000 }, (_, i) =>
    i % 3 === 0 ? `FIG-${i}` : i % 3 === 1 ? `${i}` : `ž${i} / ${i}`,
  )
  for (const code of codes) set.add(code)
  for (const code of codes) set.add(code)
  assert.equal(set.size, codes.length)
  assert.ok(codes.every((code) => set.has(code)))
  assert.ok(codes.every((code) => !set.has(`${code}x`)))
  assert.ok(!set.has(''))
})
