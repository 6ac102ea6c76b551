import { after, before, test } from 'node:test'
import type { Answer } from './a-table-portal.ts'
import { items, pageOf, rowOf } from './a-table-portal.ts'
import { failed, useBrowser, whats, whole } from './a-table-visit.ts'
import assert from 'node:assert/strict'

const { read } = useBrowser({ before, after })

const all = items(12)
const more = { source: { paging: { by: 'load-more' as const, button: '.vic' } }, limits: { pageSeconds: 1.5 } }

/** The button goes when it is clicked and comes back only with rows that leave some more. */
const button = `<button class="vic">více</button><script>
  const button = document.querySelector('.vic'); let shown = 5
  button.onclick = async () => { button.hidden = true
    const rows = await (await fetch('/data?od=' + shown)).json()
    document.querySelector('tbody').insertAdjacentHTML('beforeend', rows.join('')); shown += rows.length
    button.hidden = rows.length < 5 }</script>`
const first = (count = 12) => pageOf({ rows: all.slice(0, Math.min(count, 5)), below: button })

function givenBy(answer: (from: number) => Answer | null, count = 12) {
  return (url: URL): string | Answer => {
    if (url.pathname !== '/data') return first(count)
    const from = Number(url.searchParams.get('od'))
    const rows = all.slice(from, Math.min(from + 5, count)).map(rowOf)
    return answer(from) ?? { html: JSON.stringify(rows), waitMs: 400 }
  }
}

test('a button that is hidden while it loads is no end', async () => {
  const outcome = await read(
    givenBy(() => null),
    more,
  )
  whole(outcome, all)
  assert.equal(whats(outcome)[1], 'read twice')
})

test('a button that is gone after a click that rightly brought nothing is the end', async () => {
  whole(
    await read(
      givenBy(() => null, 10),
      more,
    ),
    all.slice(0, 10),
  )
})

const refusals: [what: string, answer: Answer, kind: string, words: RegExp][] = [
  ['429', { status: 429, html: '[]' }, 'blocked', /\.vic is gone, but a click on it brings no more than 5 rows: \/data answers 429/],
  ['500', { status: 500, html: 'Chyba' }, 'incomplete', /\.vic is gone, .* 5 rows: \/data answers 500/],
  ['nothing at all', { html: '[', headers: { 'content-length': '9', 'content-encoding': 'gzip' } }, 'incomplete', /\.vic is gone, .* 5 rows: \/data gives no answer \(net::ERR_/],
  ['too late', { html: '[]', waitMs: 6_000 }, 'slow', /\.vic is gone, .* and what the page asks for does not come/],
] // prettier-ignore
for (const [what, answer, kind, words] of refusals) {
  test(`a button that is gone is not the end where its click was answered by ${what}`, async () => {
    failed(await read(givenBy(() => answer), more), kind, words) // prettier-ignore
  })
}
