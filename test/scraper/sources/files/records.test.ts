import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Incomplete, PortalChanged, SessionLost } from '#scraper/failure.ts'
import { readItems } from '#scraper/sources/files/read-items.ts'
import { Fields } from '#scraper/sources/source.ts'
import { columns } from './a-file.ts'

const fields = Fields.parse({ code: ['sku'], title: ['name', 'title'], ean: ['ean'], cells: { Termín: ['stock.eta'] } })

type Wish = { records?: string; others?: string[]; totalAt?: string }

function json(value: unknown, wish: Wish = {}) {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const { records = 'data.items' } = wish
  return readItems(Buffer.from(text), { fields, columns, mostBytes: 1e6, ...wish, file: { format: 'json', records } })
}

function xml(
  text: string | Uint8Array,
  { paths = fields, records = 'c.item', ...wish }: Wish & { paths?: Fields } = {},
) {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  return readItems(bytes, { fields: paths, columns, mostBytes: 1e6, ...wish, file: { format: 'xml', records } })
}

const item = { sku: '00123', ean: '4006381333931', title: 'Aurora', stock: { eta: 'March 2027' } }
const observation = { code: '00123', ean: '4006381333931', title: 'Aurora', cells: { Termín: 'March 2027' } }

test('JSON records are read by their paths; null and absent values are blank', () => {
  const items = [item, { ...item, sku: 'B', stock: { eta: null } }, { ...item, sku: 'C', stock: null }]
  const { observations, unfit, rows } = json({ data: { items } })
  assert.deepEqual([observations[0], unfit, rows], [observation, [], 3])
  assert.deepEqual(
    observations.slice(1).map(({ cells }) => cells['Termín']),
    ['', ''],
  )
})

const recordOf = (sku: string) => `{"sku":${sku},"title":"A","ean":4006381333931,"stock":{"eta":true}}`

test('numbers of JSON keep what is written; with an exponent their row is unfit', () => {
  const given = `{"data":{"items":[${recordOf('12345678901234567890')},${recordOf('1.50')},${recordOf('1e21')}]}}`
  const { observations, unfit } = json(given)
  assert.deepEqual(
    observations.map(({ code, ean, cells }) => [code, ean, cells['Termín']]),
    [
      ['12345678901234567890', '4006381333931', 'true'],
      ['1.50', '4006381333931', 'true'],
    ],
  )
  assert.deepEqual(unfit, [{ where: 'record 3', said: 'a number with an exponent: 1e21 | A | 4006381333931 | true' }])
})

test('what is no single value makes its record unfit', () => {
  const items = [
    item,
    { ...item, stock: { eta: ['x', 'y'] } },
    { ...item, stock: { eta: { from: 'x' } } },
    'x',
    { ...item, sku: null },
  ]
  assert.deepEqual(
    json({ data: { items } }).unfit.map(({ where, said }) => `${where}: ${said}`),
    [
      'record 2: several values where one is wanted: 00123 | Aurora | 4006381333931 | ["x","y"]',
      'record 3: a record where one value is wanted: 00123 | Aurora | 4006381333931 | {"from":"x"}',
      'record 4: a single value where a record is wanted: x',
      'record 5: no code, or cells are missing:  | Aurora | 4006381333931 | March 2027',
    ],
  )
})

test('a path that is in no record has changed, and the words name what is there; other keys may be a closed set', () => {
  const moved = { data: { items: [{ sku: '1', title: 'A', ean: '', eta: 'x', price: 1 }] } }
  assert.throws(
    () =>
      json({
        data: {
          items: [
            { ...item, stock: {} },
            { ...item, sku: 'B', stock: null },
          ],
        },
      }),
    /"stock\.eta"/,
  )
  assert.throws(() => json(moved), /"stock\.eta"[^]*"sku", "title", "ean", "eta", "price"/)
  const priced = { data: { items: [{ ...item, price: 1 }] } }
  assert.equal(json(priced, { others: ['price'] }).observations.length, 1)
  assert.throws(() => json(priced, { others: [] }), /"price"/)
  assert.throws(() => json({ data: { items: [{ ...item, name: 'B' }] } }), /"name" or "title"/)
  assert.throws(() => json({ data: { rows: [item] } }), /nothing at "data\.items"; the keys there are rows/)
})

test('records may be the whole, or lie in several lists', () => {
  assert.equal(json([item], { records: '' }).rows, 1)
  const groups = [{ items: [item] }, { items: [{ ...item, sku: 'B' }] }, {}]
  assert.equal(json({ groups }, { records: 'groups.items' }).rows, 2)
})

test('keys with a point in them, and such as objects have, are keys', () => {
  const odd = JSON.parse(
    '[{"sku":"constructor","title":"__proto__","ean":"","stock.eta":"x","__proto__":{"a":1}}]',
  ) as unknown
  assert.deepEqual(json(odd, { records: '' }).observations, [
    { code: 'constructor', title: '__proto__', cells: { Termín: 'x' } },
  ])
})

test('the total that a file says is read at its path', () => {
  assert.equal(json({ data: { items: [item] }, meta: { total: 1 } }, { totalAt: 'meta.total' }).total, 1)
  assert.equal(json({ data: { items: [item] }, meta: { total: '1' } }, { totalAt: 'meta.total' }).total, 1)
  assert.throws(
    () => json({ data: { items: [item] } }, { totalAt: 'meta.total' }),
    /number of all records at "meta\.total"; met nothing/,
  )
})

const broken: [what: string, text: string, error: unknown][] = [
  ['a cut answer', '{"data":{"items":[{"sku":"1"', Incomplete],
  ['an answer cut in a text', '{"data":{"items":[{"sku":"1', Incomplete],
  ['something else', 'Internal error', PortalChanged],
  ['a sign-in page', '<!doctype html><input type=password>', SessionLost],
  ['endless nesting', '['.repeat(200_000) + ']'.repeat(200_000), PortalChanged],
  ['nothing', ' ', Incomplete],
]
for (const [what, text, error] of broken) {
  test(`JSON is not read from ${what}`, () => {
    assert.throws(
      () => json(text),
      (met: Error) => met.constructor === error,
    )
  })
}

test('XML records are read by their paths, with attributes, entities and CDATA', () => {
  const paths = Fields.parse({ code: ['@code'], title: ['name'], ean: ['g:gtin'], cells: { Termín: ['eta'] } })
  const text = `<?xml version="1.0"?><!-- x --><c count="2"><item code=" 00123 "><name lang="cs">Tom &amp; <![CDATA[<J&amp;>]]></name>
    <g:gtin>4006381333931</g:gtin><eta>b&#x159;ezen&#160;2027</eta></item><item code="2"><name/><eta id="1"/></item></c>`
  const { observations, unfit, total } = xml(text, { paths, totalAt: 'c.@count' })
  assert.deepEqual(
    [observations, unfit, total],
    [
      [
        { code: '00123', title: 'Tom & <J&amp;>', ean: '4006381333931', cells: { Termín: 'březen\u00a02027' } },
        { code: '2', title: '', cells: { Termín: '' } },
      ],
      [],
      2,
    ],
  )
})

const record = '<item><sku>1</sku><title>Řeka</title><ean/><stock><eta>x</eta></stock></item>'

test('one record is a list too; an element twice where one is wanted makes it unfit', () => {
  assert.equal(xml(`<c>${record}</c>`).observations.length, 1)
  const twice = record.replace('<eta>x</eta>', '<eta>x</eta><eta>y</eta>')
  assert.match(xml(`<c>${record}${twice}</c>`).unfit[0]?.said ?? '', /^several values/)
  assert.equal(xml('<c/>').rows, 0)
  assert.throws(() => xml(`<d>${record}</d>`), /nothing at "c"; the keys there are d/)
})

test('an element that no record of an XML file has has changed; one that some have is blank where it is not', () => {
  const without = '<item><sku>2</sku><title>A</title><ean/><stock/></item>'
  const { observations } = xml(`<c>${record}${without}</c>`)
  assert.deepEqual(
    observations.map(({ cells }) => cells['Termín']),
    ['x', ''],
  )
  assert.throws(() => xml(`<c>${without}${without}</c>`), /no column with the header "stock\.eta"/)
})

test('XML is in the encoding that it declares', () => {
  const text = `<?xml version="1.0" encoding="windows-1250"?><c>${record}</c>`
  const bytes = Buffer.from(text.replace('Ř', '\u00d8'), 'latin1')
  assert.equal(xml(bytes).observations[0]?.title, 'Řeka')
  assert.throws(
    () => xml(Buffer.from(text.replace('Ř', '\u00d8').replace('windows-1250', 'utf-8'), 'latin1')),
    /not utf-8/,
  )
  assert.throws(() => xml(text.replace('windows-1250', 'ebcdic-9')), /"ebcdic-9", which is not known/)
})

const brokenXml: [what: string, text: string, error: unknown][] = [
  ['a cut file', `<c>${record}<item><sku>2</s`, Incomplete],
  ['a file cut between records', `<c>${record}`, Incomplete],
  ['elements that cross', `<c><item><sku>1</item></sku></c>`, PortalChanged],
  ['an outer entity', `<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/passwd">]><c>&x;</c>`, PortalChanged],
  ['an unknown entity', `<c><item><sku>&nbsp;</sku></item></c>`, PortalChanged],
  ['a page', `<html><body>${record}</body></html>`, PortalChanged],
  ['something else', 'Internal error', PortalChanged],
]
for (const [what, text, error] of brokenXml) {
  test(`XML is not read from ${what}`, () => {
    assert.throws(
      () => xml(text),
      (met: Error) => {
        assert.equal(met.constructor, error, met.message)
        return true
      },
    )
  })
}
