import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { z } from 'zod'
import { TableSource } from '#scraper/sources/source.ts'
import { readSavedTable } from '#scraper/sources/table-source.ts'
import { items, pageOf } from './a-table-portal.ts'
import { useBrowser } from './a-table-visit.ts'

const { page: newPage } = useBrowser({ before, after })

const columns = [{ name: 'Dostupnost', holds: 'availability' as const }]

async function readSaved(html: string, given: Partial<z.input<typeof TableSource>> = {}) {
  const page = await newPage()
  await page.setContent(html)
  const fields = { code: ['Kód'], title: ['Název'] }
  const source = TableSource.parse({
    kind: 'table',
    path: '/k',
    table: '#zbozi',
    fields,
    whole: { total: '.rozsah' },
    ...given,
  })
  return readSavedTable({ kind: 'page', page }, { source, columns })
}

test('a saved page is read by the same code; what proves it ours and whole is left aside', async () => {
  const html = pageOf({ rows: items(2), inner: '<tr><td colspan=3>Novinky</td></tr>' }).replace('class="ucet"', '')
  assert.deepEqual(await readSaved(html), [
    { code: 'A1', title: 'Soška 1', cells: { Dostupnost: '1. 3. 2027' } },
    { code: 'A2', title: 'Soška 2', cells: { Dostupnost: '2. 3. 2027' } },
  ])
})

test('columns that stand on pages of items are not looked for in the saved list', async () => {
  const details = { link: 'a', code: '.kod', cells: { Dostupnost: '.kdy' } }
  const [item] = await readSaved(pageOf({ rows: items(1) }).replace('Dostupnost', 'Cena'), { details })
  assert.deepEqual(item, { code: 'A1', title: 'Soška 1', cells: {} })
})

test('a saved page without the table, or with other headers, is told as a live one is', async () => {
  await assert.rejects(readSaved('<h1>Údržba</h1>'), { name: 'PortalChanged', message: /the table #zbozi.*Údržba/ })
  await assert.rejects(readSaved(pageOf({ rows: items(1) }).replace('Kód', 'Číslo')), /no column with the header "Kód"/)
})

test('a file is no page', async () => {
  const source = TableSource.parse({ kind: 'table', path: '/k', table: '#t', fields: { code: ['K'], title: ['T'] } })
  const file = { name: 'cenik.csv', bytes: new Uint8Array() }
  await assert.rejects(readSavedTable({ kind: 'file', file }, { source, columns }), { name: 'Defect' })
})
