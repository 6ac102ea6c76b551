import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Hono } from 'hono'
import { mailLanguages } from '#core/domain/language.ts'
import { Order } from '#core/domain/order.ts'
import type { ServedPortal } from '#infra/demo/portal/app.ts'
import { servePortal } from '#infra/demo/portal/app.ts'
import { demoItems } from '#infra/demo/portal/items.ts'
import type { Served } from '#infra/demo/serve.ts'
import { serveApp } from '#infra/demo/serve.ts'
import { demoOrders, putDemoOrders, showcase } from '#infra/demo/shop.ts'

describe("the demo shop's orders", () => {
  const items = demoItems('2026-11-21')
  const orders = demoOrders(items, '2026-11-21')
  const lines = orders.flatMap((order) => order.lines)
  const count = (status: string) => lines.filter((line) => line.status === status).length
  const said = lines.map(({ told }) => (typeof told === 'string' ? told : ''))

  it('are 60 with one to three lines each, such as the API takes in, and always the same', () => {
    assert.deepEqual(
      orders.map(({ number }) => number),
      Array.from({ length: 60 }, (_, i) => String(10_001 + i)),
    )
    for (const order of orders) {
      assert.deepEqual(Order.parse(order), order)
      assert.ok(order.lines.length >= 1 && order.lines.length <= 3)
      assert.equal(order.notifyNow, false)
    }
    assert.deepEqual(demoOrders(items, '2026-11-21'), orders)
  })

  it('tell of each item what the portal says, and none is sold out', () => {
    for (const line of lines) {
      const item = items.find(({ code, ean }) => code === line.code || ean === line.ean)
      assert.equal(line.told, item?.delivery)
      assert.equal(line.title, item?.title)
    }
    for (const told of said) assert.doesNotMatch(told, /vyprodáno|ukončena/)
  })

  it("tell nothing that would mean another time on the order's day than today", () => {
    for (const told of said) assert.match(told, /\d{4}$|na dotaz|^skladem/)
  })

  it('point to items mostly by supplier and code, some by EAN', () => {
    const byEan = lines.filter(({ ean }) => ean !== undefined)
    assert.ok(byEan.length >= 10 && byEan.length < lines.length / 4)
    assert.ok(lines.every(({ supplier, ean }) => (supplier === 'demo') !== (ean !== undefined)))
  })

  it('are of customers in all languages, most of them Czech, placed over the last weeks', () => {
    const of = (language: string) => orders.filter(({ customer }) => customer.language === language).length
    for (const language of mailLanguages) assert.ok(of(language) >= 7, language)
    assert.ok(mailLanguages.every((language) => language === 'cs' || of(language) < of('cs')))
    for (const { customer } of orders) assert.match(customer.email, /^[a-z]+(\.[a-z]+)+@example\.(com|net|org)$/)
    const placed = orders.map(({ placedAt }) => placedAt.slice(0, 10))
    assert.ok((placed[0] ?? '') >= '2026-10-01')
    assert.ok((placed.at(-1) ?? '') < '2026-11-21')
  })

  it('share the showcase: open, for customers in each language', () => {
    const waiting = orders.filter((order) =>
      order.lines.some(({ code, status }) => code === showcase.code && status === 'open'),
    )
    assert.deepEqual(new Set(waiting.map(({ customer }) => customer.language)), new Set(mailLanguages))
    assert.equal(new Set(waiting.map(({ customer }) => customer.email)).size, 6)
  })

  it('have a few lines that are shipped or cancelled', () => {
    assert.ok(count('shipped') >= 3)
    assert.ok(count('cancelled') >= 2)
    assert.ok(count('open') > 100)
  })
})

describe('putting the demo orders', () => {
  let portal: ServedPortal
  let api: Served
  const known = new Map<string, unknown>()
  before(async () => {
    portal = await servePortal({ port: 0 })
    api = await serveApp(fakeApi(), 0)
  })
  after(() => Promise.all([portal.close(), api.close()]))

  it('puts what the API does not have, and nothing a second time', async () => {
    const put = () => putDemoOrders({ api: api.url, key: 'a-key', portal: portal.url })
    assert.equal(await put(), 60)
    known.delete('10007')
    const earlier = JSON.stringify(known.get('10003'))
    portal.shelf.edit(showcase.code, { delivery: 'vyprodáno' })
    assert.equal(await put(), 1)
    assert.equal(JSON.stringify(known.get('10003')), earlier)
  })

  it('says what the API answered where it refuses, without the key', async () => {
    const refused = putDemoOrders({ api: api.url, key: 'wrong-key', portal: portal.url })
    await assert.rejects(
      refused,
      (error: Error) => /answered 401/.test(error.message) && !error.message.includes('wrong-key'),
    )
  })

  function fakeApi() {
    const app = new Hono()
    app.use(async (context, next) => {
      if (context.req.header('authorization') !== 'Bearer a-key') return context.json({ title: 'no key' }, 401)
      return next()
    })
    app.get('/v1/orders/:number', (context) => {
      const order = known.get(context.req.param('number'))
      return order ? context.json(order) : context.json({ title: 'unknown' }, 404)
    })
    app.put('/v1/orders/:number', async (context) => {
      const order = Order.parse(await context.req.json())
      known.set(context.req.param('number'), order)
      return context.json(order, 201)
    })
    return app
  }
})
