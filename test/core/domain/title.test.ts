import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resembles } from '#core/domain/title.ts'

const same = [
  ['Aurora Nightingale – Strážkyně hvězd 1/7', 'AURORA NIGHTINGALE - Strazkyne hvezd, 1/7 scale'],
  ['Figurka Mikasa', 'Figurky Mikasa (2. série)'],
  ['Aurora Nightingale 1/7', 'Aurora Nighting. 1/7'],
  ['Stojan', 'Stojan na figurky, černý'],
] as const
const other = [
  ['Aurora Nightingale – Strážkyně hvězd 1/7', 'Dřevěná kolejnice, 12 dílů'],
  ['Aurora Nightingale 1/7', 'Sir Lancelot 1/7'],
  ['Stojan', 'Plakát'],
  ['Mikasa', ''],
  ['Figurka Asuka 1/7', 'Figurka Rei 1/7'],
  ['Nendoroid Hatsune Miku', 'Nendoroid Rem'],
] as const

for (const [a, b] of same) {
  test(`"${a}" and "${b}" may be one article`, () => {
    assert.ok(resembles(a, b))
    assert.ok(resembles(b, a))
  })
}
for (const [a, b] of other) {
  test(`"${a}" and "${b}" are two`, () => {
    assert.ok(!resembles(a, b))
    assert.ok(!resembles(b, a))
  })
}
