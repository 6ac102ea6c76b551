import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeDetails } from '#scraper/sources/detail-page.ts'

const details = { link: 'a', code: '.kod', cells: { Termín: '.kdy' } }

function judged(shown: string, code = 'FIG-1'): string {
  const snapshot = {
    address: 'http://portal/zbozi',
    title: 'Zboží',
    marks: { code: shown },
    seen: { 'cell Termín': [{ text: 'skladem', address: null, enabled: true }] },
    passwordField: false,
    styled: true,
    table: null,
    words: '',
  }
  return judgeDetails(snapshot, { code, details, signedIn: null, origin: 'http://portal' }).kind
}

for (const shown of ['FIG-1', 'Kód: fig-1', 'Kód:FIG-1.', '(FIG-1)', 'Soška FIG-1 – 20 cm', 'FIG-1-', '* FIG-1 *']) {
  test(`a page that shows "${shown}" is that of FIG-1`, () => assert.equal(judged(shown), 'ready'))
}

const others = [
  'FIG-10',
  'XFIG-1',
  'FIG-1-B',
  'FIG-1–B',
  'FIG-1_B',
  'FIG-1/2',
  'FIG-1.5',
  'X-FIG-1',
  '2/FIG-1',
  'FIG-1--B',
]
for (const shown of others) {
  test(`a page that shows "${shown}" is not that of FIG-1`, () => assert.equal(judged(shown), 'not-yet'))
}
