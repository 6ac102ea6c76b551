import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Item } from '#core/domain/item.ts'
import { eanForms, nearKeys, nearOf, plainCode } from '#core/domain/near-match.ts'
import { OrderLine } from '#core/domain/order.ts'

const written: [what: string, one: string, other: string][] = [
  ['a leading zero', '036000291452', '0036000291452'],
  ['no leading zero', '36000291452', '036000291452'],
  ['no check digit', '400638133393', '4006381333931'],
  ['neither', '3600029145', '0036000291452'],
  ['dashes', '4006-3813-3393-1', '4006381333931'],
  ['fourteen digits', '04006381333931', '4006381333931'],
  ['eight digits', '96385074', '00000096385074'],
]
for (const [what, one, other] of written) {
  test(`the same article number, written with ${what}`, () => {
    assert.ok(eanForms(one).some((form) => eanForms(other).includes(form)))
    assert.ok(eanForms(one).includes(other) || eanForms(other).includes(one))
  })
}

test('another article number is another article', () => {
  const forms = new Set(eanForms('4006381333931'))
  assert.ok(!eanForms('4006381333948').some((form) => forms.has(form)))
})

test('what is no article number is only itself', () => {
  assert.deepEqual(eanForms('ABC-1'), ['ABC-1'])
})

test('codes are alike whatever case, dashes and spaces are used', () => {
  assert.equal(plainCode('FIG-1042'), plainCode('fig 1042'))
  assert.equal(plainCode('FIG–10/42'), plainCode('Fig_10.42'))
  assert.notEqual(plainCode('FIG-1042'), plainCode('FIG-1043'))
})

const items = [item('demo/FIG-1', '4006381333931'), item('other/FIG-1', '0036000291452'), item('demo/FIG-2')]

test('a line may mean items with nearly its EAN or its code; of its own supplier, where it names one', () => {
  assert.deepEqual(near({ ean: '400638133393' }), [['demo/FIG-1', 'ean']])
  assert.deepEqual(near({ product: 'fig2' }), [['demo/FIG-2', 'code']])
  assert.deepEqual(near({ product: 'fig-1', ean: '36000291452' }), [
    ['demo/FIG-1', 'code'],
    ['other/FIG-1', 'ean'],
  ])
  assert.deepEqual(near({ supplier: 'other', code: 'fig 1' }), [['other/FIG-1', 'code']])
  assert.deepEqual(near({ product: '-' }), [])
})

test('the keys to look by are those by which items are found', () => {
  const { eans, codes } = nearKeys([line({ ean: '400638133393', product: 'Fig 1' })])
  assert.ok(eans.includes('4006381333931'))
  assert.deepEqual(codes, ['fig1'])
})

function near(given: object): [string, string][] {
  return nearOf(line(given), items).map(({ item: { id }, because }) => [id, because])
}

function line(given: object): OrderLine {
  return OrderLine.parse({ id: '1', title: 'Figure', quantity: 1, ...given })
}

function item(id: string, ean?: string): Item {
  const [supplier = '', code = ''] = id.split('/')
  const bare = { texts: {}, sayings: {}, now: null, previous: null, marks: {}, run: 1 }
  return { id, supplier, code, title: 'Figure', ...(ean && { ean }), ...bare }
}
