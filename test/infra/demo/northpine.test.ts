import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { readText } from '#core/domain/grammar/read-text.ts'
import { account } from '#infra/demo/northpine/account.ts'
import type { ServedNorthpine } from '#infra/demo/northpine/app.ts'
import { serveNorthpine } from '#infra/demo/northpine/app.ts'
import { northpineItems, showcase } from '#infra/demo/northpine/items.ts'
import { control } from './portal-visitor.ts'
import { makeBrowserless, signInNorthpine } from './visitor.ts'

describe('the American demo portal', () => {
  let portal: ServedNorthpine
  before(async () => {
    portal = await serveNorthpine({ port: 0, now: () => new Date('2026-11-21T18:00:00Z') })
  })
  beforeEach(() => control(portal.url, 'POST reset'))
  after(() => portal.close())

  const signedIn = async () => {
    const visitor = makeBrowserless(portal.url)
    await signInNorthpine(visitor)
    const token = /<meta name="api-token" content="([^"]+)"/.exec(await visitor.text('/inventory'))?.[1] ?? ''
    const headers = { authorization: `Bearer ${token}` }
    return { visitor, page: (query: string) => fetch(`${portal.url}/api/inventory?${query}`, { headers }) }
  }

  it('signs in with the right password only', async () => {
    const visitor = makeBrowserless(portal.url)
    const refused = await signInNorthpine(visitor, 'wrong')
    assert.equal(refused.status, 200)
    assert.match(await refused.text(), /Invalid username or password/)
    assert.equal((await visitor.ask('/inventory')).headers.get('location'), '/login')
    await signInNorthpine(visitor)
    assert.ok((await visitor.text('/inventory')).includes(`<b id="account-name">${account.company}</b>`))
    assert.deepEqual(portal.logins, { attempts: 2, accepted: 1, refused: 1 })
  })

  it('gives data only for the token of an open session', async () => {
    const { visitor, page } = await signedIn()
    assert.equal((await visitor.ask('/api/inventory?page=1&size=50')).status, 401, 'the cookie is not enough')
    assert.equal((await page('page=1&size=50')).status, 200)
    const _csrf = /name="_csrf" value="([^"]+)"/.exec(await visitor.text('/inventory'))?.[1] ?? ''
    await visitor.ask('/logout', { form: { _csrf } })
    assert.equal((await page('page=1&size=50')).status, 401)
  })

  it('gives three pages of 130 items, with numbers as numbers and nothing as null', async () => {
    const { page } = await signedIn()
    const pages = await Promise.all([1, 2, 3].map(async (n) => (await page(`page=${n}&size=50`)).json()))
    assert.deepEqual(
      pages.map(({ meta }) => meta),
      [1, 2, 3].map((n) => ({ total: 130, page: n, pages: 3 })),
    )
    const items = pages.flatMap((data) => data.items)
    const expected = portal.shelf.items().map(({ code, title, ean, status, quantity, delivery }) => {
      return { sku: code, name: title, upc: ean, stock: { status, qty: Number(quantity), eta: delivery || null } }
    })
    assert.deepEqual(items, expected)
    assert.deepEqual(
      new Set(items.map(({ stock }) => stock.status)),
      new Set(['In stock', 'Backorder', 'Pre-order', 'Discontinued']),
    )
  })

  it('has no page 0 or 4, and no page of 1,000', async () => {
    const { page } = await signedIn()
    for (const query of ['page=0', 'page=4', 'page=x']) assert.equal((await page(query)).status, 404, query)
    assert.equal((await page('page=1&size=1000')).status, 400)
  })

  it('says what the control face made it say', async () => {
    await control(portal.url, `PUT items/${showcase}`, { delivery: 'Q3 2027', status: 'Backorder' })
    const { page } = await signedIn()
    const { items } = await (await page('page=1&size=50')).json()
    const item = items.find(({ sku }: { sku: string }) => sku === showcase)
    assert.deepEqual(item.stock, { status: 'Backorder', qty: 0, eta: 'Q3 2027' })
  })

  it('has UPCs whose check digit is right, and texts that our grammar reads', () => {
    for (const start of ['2026-11-21', '2028-02-29', '2030-12-31']) {
      for (const { ean, delivery, status = '' } of northpineItems(start)) {
        const sum = Array.from(ean, (digit, i) => Number(digit) * (i % 2 === 0 ? 3 : 1)).reduce((a, b) => a + b)
        assert.ok(/^\d{12}$/.test(ean) && sum % 10 === 0, ean)
        for (const text of [delivery, status].filter(Boolean))
          assert.notEqual(readText(text, { language: 'en-US', anchor: start }).kind, 'unreadable', text)
      }
    }
  })
})
