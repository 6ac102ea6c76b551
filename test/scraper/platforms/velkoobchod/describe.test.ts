import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describe } from '#scraper/platforms/velkoobchod/describe.ts'
import { Options } from '#scraper/platforms/velkoobchod/options.ts'

test('the options of a supplier become a described portal', () => {
  const options = Options.parse({ account: 'Figurkov s.r.o.', headers: { code: ['Kód', 'Obj. číslo'] } })
  const { signIn, source } = describe(options)
  assert.ok(signIn.kind === 'form' && source.kind === 'table')
  assert.deepEqual(signIn.signedIn, { selector: '.ucet-jmeno', text: 'Figurkov s.r.o.' })
  assert.deepEqual(source.fields, { code: ['Kód', 'Obj. číslo'], ean: ['EAN'], title: ['Název'], cells: {} })
})
