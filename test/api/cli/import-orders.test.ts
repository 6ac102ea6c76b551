import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { order } from '#test/api/world.ts'
import { startTerminal, type Terminal } from './a-terminal.ts'

let terminal: Terminal
before(async () => {
  terminal = await startTerminal()
})
after(() => terminal.close())

const head = 'number;placedAt;email;name;language;line;supplier;code;title;quantity;told'
const rowsOf = (...orders: object[]) => orders.map((one) => JSON.stringify(one)).join('\n')

const row = (email: string, line: string) => `15;2026-11-20T09:30:00Z;${email};;;${line};demo;A;Figurka;1;`
const at = (day: string) => ({ updatedAt: `2026-11-${day}T08:00:00Z` })

/** What an import of this file says, with what a person is told who must mend some of it. */
async function importing(name: string, content: string | Uint8Array, ...options: string[]) {
  const { code, said } = await terminal.command('import', 'orders', await terminal.write(name, content), ...options)
  return { code, said }
}

test('an order is imported from CSV without mailing anybody, and shown with what was told', async () => {
  const { code, said } = await importing(
    'orders.csv',
    [
      head,
      '7;2026-11-20T09:30:00+01:00;eva@example.com;Eva;cs;1;demo;FIG-001;Figurka;1;1. 3. 2030',
      '7;;;;;2;demo;FIG-002;Jiná;2;',
      ';2026-11-20T09:30:00+01:00;eva@example.com;Eva;cs;1;demo;FIG-001;Figurka;1;',
      '8;yesterday;eva@example.com;Eva;cs;1;demo;FIG-001;Figurka;1;',
    ].join('\n'),
  )
  assert.match(said, /orders\.csv:4: the column "number" is empty\norders\.csv:5: placedAt: /)
  assert.match(said, /Mend the rows named above/)
  assert.equal(code, 1)
  const stored = await terminal.store.orders.get('7')
  assert.deepEqual([stored?.shop.lines.length, stored?.shop.single], [2, false])
  assert.equal(await terminal.store.orders.get('8'), null)
  const shown = await terminal.avizo('order', '7')
  assert.match(shown, /^order 7 · Eva · placed 2026-11-20 .*\nthe notifier has not looked at it yet\n/)
  assert.match(shown, /\n1 +Figurka +demo FIG-001 +open +nothing +unknown +unseen/)
})

test('rows that cannot be taken in are named with their line, and the others are in', async () => {
  const wrong = { ...order('10'), lines: [] }
  const { code, said } = await importing('orders.jsonl', `${rowsOf(order('9'))}\n\n{"number": \n${rowsOf(wrong)}\n`)
  assert.equal(code, 1)
  assert.match(said, /orders\.jsonl:3: no JSON: .*\norders\.jsonl:4: lines: /)
  assert.match(said, /1 orders taken in, 2 refused; nobody is mailed/)
  assert.ok(await terminal.store.orders.get('9'))
})

test('P7: a row that wants news to be mailed is imported without, and says so', async () => {
  const { code, said } = await importing('eager.jsonl', rowsOf({ ...order('11'), notifyNow: true }, order('12')))
  assert.match(
    said,
    /^eager\.jsonl:1: its notifyNow is not heeded: an import mails nobody\n2 orders taken in, 0 refused/,
  )
  assert.equal(code, 0)
  for (const number of ['11', '12'])
    assert.equal((await terminal.store.orders.get(number))?.shop.notifyNow, false, number)
})

test('what cannot be read of what the shop told is named with its row, and counts as not given', async () => {
  const { code, said } = await importing(
    'told.csv',
    [
      head,
      '13;2026-11-20T09:30:00+01:00;eva@example.com;;;1;demo;A;Figurka;1;1. 3. 2030',
      '13;2026-11-20T09:30:00+01:00;eva@example.com;;;2;demo;B;Jiná;1;až naprší a uschne',
    ].join('\n'),
  )
  assert.match(said, /^told\.csv:3: "až naprší a uschne" cannot be read and counts as not given\n1 orders taken in/)
  assert.equal(code, 0)
})

test('letters of another encoding are refused before anything is taken in; a mark of UTF-8 is no letter', async () => {
  const csv = `${head}\n14;2026-11-20T09:30:00+01:00;eva@example.com;;;1;demo;A;P\u0159\u00edzrak;1;`
  const windows1250 = Buffer.from(csv.replace('\u0159', '\u00f8'), 'latin1')
  const spoilt = await importing('excel.csv', windows1250)
  assert.match(spoilt.said, /excel\.csv:2: letters that are no UTF-8; nothing was taken in/)
  assert.equal(spoilt.code, 1)
  assert.equal(await terminal.store.orders.get('14'), null)
  assert.equal((await importing('marked.csv', `\uFEFF${csv}`)).code, 0)
  assert.equal((await terminal.store.orders.get('14'))?.shop.lines[0]?.title, 'P\u0159\u00edzrak')
})

test('an order whose rows name two customers is refused whole, with both', async () => {
  const { code, said } = await importing('two.csv', [head, row('eva@example.com', '1'), row('jan@example.com', '2')].join('\n')) // prettier-ignore
  assert.match(said, /^two\.csv:3: order 15 has email "jan@example\.com" here and "eva@example\.com" above: /)
  assert.equal(code, 1)
  assert.equal(await terminal.store.orders.get('15'), null)
})

test('orders older than what is stored are counted apart', async () => {
  await importing('now.jsonl', rowsOf(order('16', at('22'))))
  const { said } = await importing('old.jsonl', rowsOf(order('16', at('21')), order('17')), '--json')
  const { taken, older, refused } = JSON.parse(said)
  assert.deepEqual([taken, older, refused], [1, 1, []])
})

test('more than a request may have goes in several; one order that is too large for any is named', async () => {
  const lines = Array.from({ length: 480 }, (_, i) => ({ id: String(i), supplier: 'demo', code: 'A', title: 'x'.repeat(500), quantity: 1 })) // prettier-ignore
  const orders = ['20', '21', '22', '23'].map((number) => order(number, { lines }))
  const { said } = await importing('large.jsonl', rowsOf(...orders, { ...order('24'), note: 'x'.repeat(1_100_000) }, order('25'))) // prettier-ignore
  assert.match(said, /^large\.jsonl:5: the order has \d+ bytes: the API takes 1000000\n5 orders taken in, 1 refused/)
})
