import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutTokens } from '#scraper/sources/without-tokens.ts'

const kept = (answer: unknown, sent: Record<string, string> = {}, shown: string[] = []) =>
  withoutTokens(Buffer.from(JSON.stringify(answer)), { sent, shown }).toString()

test('values that are secret by name, and tokens that were sent, are hidden wherever they stand', () => {
  const answer = { csrfToken: 'abc"12345', next: '/api?t=abcdef-12345', items: [{ sku: 'A' }] }
  const blanked = kept(answer, { authorization: 'Bearer abcdef-12345', accept: 'application/json' })
  assert.equal(blanked, '{"csrfToken":"[hidden]","next":"/api?t=[hidden]","items":[{"sku":"A"}]}')
})

test('what the definition reads is no secret, and an answer without any stays as it is, to the byte', () => {
  assert.equal(kept({ authorName: 'Jan Novák' }, {}, ['authorName']), '{"authorName":"Jan Novák"}')
  const bytes = Buffer.from('{ "ean": 4006381333931 }')
  assert.equal(withoutTokens(bytes, { sent: {}, shown: [] }), bytes)
})
