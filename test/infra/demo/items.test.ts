import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readText } from '#core/domain/grammar/read-text.ts'
import { demoItems, showcase } from '#infra/demo/portal/items.ts'
import { demoOrders } from '#infra/demo/shop.ts'

describe("the demo portal's items", () => {
  const items = demoItems('2026-11-21')

  it('are 200 with codes, EANs and titles of their own, the same for the same day', () => {
    for (const field of ['code', 'ean', 'title'] as const)
      assert.equal(new Set(items.map((item) => item[field])).size, 200)
    assert.deepEqual(demoItems('2026-11-21'), items)
  })

  it('have EANs whose check digit is right', () => {
    for (const { ean } of items) {
      const sum = Array.from(ean, (digit, i) => Number(digit) * (i % 2 === 0 ? 1 : 3)).reduce((a, b) => a + b)
      assert.equal(sum % 10, 0, ean)
    }
  })

  it('have among them the showcase, with a plain date', () => {
    const shown = items.find(({ code }) => code === showcase.code)
    assert.equal(shown?.title, showcase.title)
    assert.match(shown?.delivery ?? '', /^\d{1,2}\. \d{1,2}\. \d{4}$/)
  })

  it('say their dates relative to the first day, whenever that is', () => {
    for (const start of ['2026-11-21', '2028-02-29', '2031-12-31']) {
      const years = demoItems(start).flatMap(({ delivery }) => delivery.match(/\d{4}/g) ?? [])
      const first = Number(start.slice(0, 4))
      assert.ok(years.length > 100)
      for (const year of years.map(Number)) assert.ok(year >= first && year <= first + 2, `${start}: ${year}`)
    }
  })

  it('speak in many ways: days, weeks, months, quarters, in stock, sold out', () => {
    const said = items.map(({ delivery }) => delivery)
    for (const way of [
      /^skladem$/,
      /^skladem \d+ ks$/,
      /týden/,
      /předpoklad/,
      /čtvrtletí/,
      /^Q\d/,
      /polovina/,
      /na dotaz/,
      /vyprodáno/,
    ]) {
      assert.ok(
        said.some((text) => way.test(text)),
        String(way),
      )
    }
  })
})

describe("the demo's texts, read by our grammar", () => {
  for (const start of ['2026-11-21', '2027-01-01', '2028-02-29', '2030-12-31']) {
    it(`are all understood when the demo begins on ${start}, and none is in the past`, () => {
      for (const { code, delivery } of demoItems(start)) {
        const reading = read(delivery, start)
        assert.notEqual(reading.kind, 'unreadable', `${code}: ${delivery}`)
        if (reading.kind === 'expected') assert.ok(reading.to > start, `${code}: ${delivery}`)
      }
    })

    it(`mean for an order what they mean for the item, from ${start}`, () => {
      for (const { placedAt, lines } of demoOrders(demoItems(start), start)) {
        for (const { told } of lines) {
          assert.ok(typeof told === 'string')
          assert.deepEqual(read(told, placedAt.slice(0, 10)), read(told, start), told)
        }
      }
    })
  }
})

function read(text: string, anchor: string) {
  return readText(text, { language: 'cs', anchor })
}
