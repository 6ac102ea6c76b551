import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { CellObject } from '@e965/xlsx'
import { readText } from '#core/domain/grammar/read-text.ts'
import { account } from '#infra/demo/kontor/account.ts'
import type { ServedKontor } from '#infra/demo/kontor/app.ts'
import { serveKontor } from '#infra/demo/kontor/app.ts'
import { kontorItems, showcase } from '#infra/demo/kontor/items.ts'
import { control } from './portal-visitor.ts'
import { allOfKontor, makeBrowserless, rowsOf, sheetOf, signInKontor } from './visitor.ts'

describe('the German demo portal', () => {
  let portal: ServedKontor
  before(async () => {
    portal = await serveKontor({ port: 0, now: () => new Date('2026-11-21T08:00:00Z') })
  })
  beforeEach(() => control(portal.url, 'POST reset'))
  after(() => portal.close())

  const signedIn = async () => {
    const visitor = makeBrowserless(portal.url)
    await signInKontor(visitor)
    return visitor
  }

  it('signs in with the right password only, once for each submit', async () => {
    const visitor = makeBrowserless(portal.url)
    const refused = await signInKontor(visitor, 'falsch')
    assert.equal(refused.status, 200)
    assert.match(await refused.text(), /E-Mail-Adresse oder Passwort ist falsch/)
    assert.equal((await visitor.ask(`/preisliste/export?${allOfKontor}`)).headers.get('location'), '/anmeldung')
    assert.equal((await signInKontor(visitor)).headers.get('location'), '/preisliste')
    assert.ok((await visitor.text('/preisliste')).includes(`<b id="haendler">${account.company}</b>`))
    assert.deepEqual(portal.logins, { attempts: 2, accepted: 1, refused: 1 })
  })

  it('exports nothing before the list was filtered', async () => {
    const visitor = await signedIn()
    const page = await visitor.text('/preisliste')
    assert.match(page, /<button type="submit" disabled>Als Excel exportieren/)
    assert.doesNotMatch(page, /Artikel gefunden/)
    assert.equal((await visitor.ask('/preisliste/export')).status, 400)
  })

  it('says how many were found, shows ten of them, and offers the export', async () => {
    const page = await (await signedIn()).text(`/preisliste?${allOfKontor}`)
    assert.match(page, /<p id="treffer">140 Artikel gefunden<\/p>/)
    assert.match(page, /<button type="submit" ?>Als Excel exportieren/)
    assert.equal(rowsOf(page).length, 10)
    assert.equal(page.match(/<input type="hidden" name="verfuegbarkeit"/g)?.length, 3)
  })

  it('filters truly: as the form comes, only what is on the shelf', async () => {
    const visitor = await signedIn()
    const inStock = portal.shelf.items().filter(({ status }) => status === 'sofort lieferbar').length
    assert.ok(inStock > 10 && inStock < 60)
    const found = await visitor.text('/preisliste?warengruppe=alle&verfuegbarkeit=lieferbar')
    assert.ok(found.includes(`${inStock} Artikel gefunden`))
    const { rows } = await sheetOf(
      await visitor.ask('/preisliste/export?warengruppe=Statuen&verfuegbarkeit=vorbestellbar'),
    )
    const codes = new Set(rows.slice(2, -1).map(([code]) => code))
    const expected = portal.shelf
      .items()
      .filter(({ group, status }) => group === 'Statuen' && status === 'vorbestellbar')
    assert.deepEqual(codes, new Set(expected.map(({ code }) => code)))
  })

  it('gives a file with a title, headers, 140 rows, real dates, and a last line that counts', async () => {
    const answer = await (await signedIn()).ask(`/preisliste/export?${allOfKontor}`)
    assert.match(answer.headers.get('content-disposition') ?? '', /attachment; filename="Preisliste_2026-11-21\.xlsx"/)
    const { sheet, rows } = await sheetOf(answer)
    assert.match(rows[0]?.[0] ?? '', /Preisliste und Verfügbarkeit, Stand 21\.11\.2026/)
    assert.deepEqual(rows[1], ['Artikelnummer', 'Bezeichnung', 'EAN', 'Händlerpreis', 'Lieferstatus', 'Liefertermin'])
    assert.deepEqual(rows.at(-1)?.slice(0, 2), ['Summe: 140 Artikel', ''])
    assert.equal(rows.length, 143)
    const items = portal.shelf.items()
    for (const [i, { code, delivery }] of items.entries()) {
      const cell = sheet[`F${i + 3}`]
      assert.equal(rows[i + 2]?.[0], code)
      if (/^\d{4}-\d\d-\d\d$/.test(delivery)) assert.deepEqual(dateOf(cell), [delivery, 'dd.mm.yyyy'])
      else if (/^\d{4}-\d\d$/.test(delivery)) assert.deepEqual(dateOf(cell), [`${delivery}-01`, 'mmm yyyy'])
      else assert.equal(rows[i + 2]?.[5], delivery)
    }
    const formats = items.map((_, i) => sheet[`F${i + 3}`]?.z)
    for (const format of ['dd.mm.yyyy', 'mmm yyyy']) assert.ok(formats.includes(format))
  })

  async function cellOf(delivery: string) {
    await control(portal.url, `PUT items/${showcase}`, { delivery })
    const { sheet, rows } = await sheetOf(await (await signedIn()).ask(`/preisliste/export?${allOfKontor}`))
    return sheet[`F${rows.findIndex(([code]) => code === showcase) + 1}`]
  }

  it('makes a date cell of an ISO date that was edited, and text of anything else', async () => {
    assert.deepEqual(dateOf(await cellOf('2027-02-05')), ['2027-02-05', 'dd.mm.yyyy'])
    assert.deepEqual(dateOf(await cellOf('2027-02')), ['2027-02-01', 'mmm yyyy'])
    assert.equal((await cellOf('KW 48/2026')).v, 'KW 48/2026')
    assert.equal((await cellOf('2027-02-30')).t, 's')
  })

  it('has items that our grammar reads, whenever it begins', () => {
    for (const start of ['2026-11-21', '2028-02-29', '2030-12-31']) {
      for (const { delivery, status = '' } of kontorItems(start)) {
        for (const text of [delivery, status].filter(Boolean))
          assert.notEqual(readText(text, { language: 'de', anchor: start }).kind, 'unreadable', text)
      }
    }
  })
})

/** Days since Excel's own first day, and how to show them. */
function dateOf({ t, v, z }: CellObject): [string, string] {
  assert.equal(t, 'n')
  return [new Date((Number(v) - 25_569) * 86_400_000).toISOString().slice(0, 10), String(z)]
}
