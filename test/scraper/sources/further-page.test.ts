import { after, before, test } from 'node:test'
import { items, pageOf } from './a-table-portal.ts'
import { failed, useBrowser, whole } from './a-table-visit.ts'

const { read } = useBrowser({ before, after })

const all = items(12)
const limits = { settleSeconds: 0.4, tries: 1 }
const ways = {
  links: { by: 'links' as const, links: '.dalsi a' },
  next: { by: 'next' as const, next: '.dalsi' },
  more: { by: 'load-more' as const, button: '.dalsi' },
}

for (const [name, paging] of Object.entries(ways)) {
  test(`where nothing counts the rows, a first page without what leads on is a changed portal (${name})`, async () => {
    const words =
      /page 1 has no \.dalsi( a)? to go on by, .*where there is one page only, say paging: \{ by: 'nothing' \}.*whole/
    failed(await read(() => pageOf({ rows: all }), { source: { paging, pager: 'ignored' }, limits }), 'changed', words)
  })
}

test('what leads on by another name is named', async () => {
  const below = '<nav><a href="?strana=2">Další ›</a></nav>'
  const outcome = await read(() => pageOf({ rows: all, below }), { source: { paging: ways.next }, limits })
  failed(
    outcome,
    'changed',
    /no \.dalsi to go on by, not even one that is disabled, but leads on to "Další ›" \(\/katalog\)/,
  )
})

test('what leads on may be out of reach on the only page, or be missing where the rows are counted', async () => {
  const source = { paging: ways.next }
  const disabled = pageOf({ rows: all, below: '<button class=dalsi disabled>další</button>' })
  whole(await read(() => disabled, { source }), all)
  const counted = pageOf({ rows: all, above: '<p class=rozsah>12 položek</p>' })
  whole(await read(() => counted, { source: { ...source, whole: { total: '.rozsah' } } }), all)
})

test('what leads on is waited for', async () => {
  const script = `<script>setTimeout(() => document.body.insertAdjacentHTML('beforeend',
    '<a class=dalsi href="?strana=2">další</a>'), 700)</script>`
  const page = (url: URL) =>
    url.searchParams.has('strana') ? pageOf({ rows: all.slice(5) }) : pageOf({ rows: all.slice(0, 5), below: script })
  whole(await read(page, { source: { paging: ways.next } }), all)
})

const hiding = pageOf({ rows: all }).replaceAll(/<tr>(?=<td>A1[012])/g, '<tr class=dalsi hidden>')

test('rows that are hidden are a part that is missing, unless the portal counts the rows or they are no items', async () => {
  failed(
    await read(() => hiding, { limits }),
    'incomplete',
    /page 1 hides 3 more rows beside the 9 that it shows, and nothing counts them; .*"whole" \(total\), or let skipRows/,
  )
  whole(await read(() => hiding, { source: { skipRows: '.dalsi' } }), all.slice(0, 9))
  const counted = hiding.replace('<table', '<p class=rozsah>9 položek</p><table')
  whole(await read(() => counted, { source: { whole: { total: '.rozsah' } } }), all.slice(0, 9))
})
