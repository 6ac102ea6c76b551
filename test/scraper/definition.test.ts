import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Definition, definitionHash, stableJson } from '#scraper/definition.ts'
import { given } from './a-supplier.ts'

function hashOf(changes: object): string {
  return definitionHash(Definition.parse({ ...given, ...changes }))
}

test('the hash moves with what matters to readings, and only with that', () => {
  const hash = hashOf({})
  assert.equal(hashOf({ address: 'https://elsewhere.cz', number: 2, schedule: { cron: '* * * * *' }, name: 'X' }), hash)
  assert.notEqual(hashOf({ columns: [{ name: 'Sklad', holds: 'quantity' }] }), hash)
  assert.notEqual(hashOf({ words: { 'dle výrobce': { kind: 'on-request' } } }), hash)
  assert.notEqual(hashOf({ blank: 'on-request' }), hash)
  assert.notEqual(hashOf({ options: { account: 'Other' } }), hash)
})

test('the order of keys does not move the hash', () => {
  assert.equal(stableJson({ a: 1, b: { c: [{ e: 1, d: 2 }] } }), stableJson({ b: { c: [{ d: 2, e: 1 }] }, a: 1 }))
})

const wrong: [what: string, changes: object][] = [
  ['schedule.cron', { schedule: { cron: '0 0 7 * * *' } }],
  ['schedule.cron', { schedule: { cron: '61 7 * * *' } }],
  ['timeZone', { timeZone: 'Europe/Praha' }],
  ['address', { address: 'ftp://portal.cz' }],
  ['platform', { platform: 'velkoobchod' }],
]
for (const [what, changes] of wrong) {
  test(`a definition with ${JSON.stringify(changes)} is refused, naming ${what}`, () => {
    const { error } = Definition.safeParse({ ...given, ...changes })
    assert.deepEqual(
      error?.issues.map(({ path }) => path.join('.')),
      [what],
    )
  })
}

test('a misspelt field of a definition is refused', () => {
  assert.equal(Definition.safeParse({ ...given, colums: [] }).success, false)
})
