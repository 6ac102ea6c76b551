import { basename } from 'node:path'
import type { Command } from 'commander'
import type { Json } from '../client.ts'
import { ApiError, pathOf } from '../client.ts'
import { short, tableOf, when } from '../print.ts'
import type { Hand } from '../program.ts'
import { readOrders } from '../read-orders.ts'
import { show, withJson } from '../show.ts'
import { sayNotices } from './notices.ts'

type Options = { json?: boolean }
/** As many as the API takes in one request. */
const atOnce = 200

export function addOrders(program: Command, hand: Hand): void {
  withJson(program.command('order <number>'))
    .description(
      'shows what the customer was told, what is so, all that happened to the order, and what would happen next',
    )
    .action(async (number: string, { json }: Options) => {
      const [order, timeline] = await Promise.all([
        hand.client.get(pathOf('orders', number)),
        hand.client.get(`${pathOf('orders', number)}/timeline`),
      ])
      show(hand, { ...order, timeline }, { json, say: () => `${sayOrder(order)}\n${sayTimeline(timeline)}` })
    })
  const imports = program.command('import').description('takes in what the shop has already; nobody is mailed by it')
  imports
    .command('orders <file>')
    .description(
      'takes orders in from a .jsonl file (an order a line, as PUT /v1/orders takes it) or a .csv one (a line a row)',
    )
    .action(async (file: string) => importOrders(hand, file))
}

function sayOrder(order: Json): string {
  const { number, customer, placedAt, changedAt, looked, muted } = order
  const head = `order ${number} · ${customer.name ?? customer.email} · placed ${when(placedAt)} · last change ${when(changedAt)}`
  const asides = [muted ? 'muted: no mail goes about it' : '', looked ? '' : 'the notifier has not looked at it yet']
  const lines = tableOf(
    order.lines,
    [
      ['line', ({ id }) => id],
      ['what', ({ title }) => title],
      ['item', ({ item }) => (item ? `${item.supplier} ${item.code}` : 'unmatched')],
      ['status', ({ status }) => status],
      ['told', ({ told }) => (told ? `${short(told)}${told.assumed ? ', assumed' : ''}` : 'nothing')],
      ['now', ({ now }) => short(now)],
      ['marks', ({ marks }) => marks.join(', ')],
      ['waived', ({ waived }) => waived?.reason],
    ],
    'It has no lines.',
  )
  return [head, ...asides.filter((aside) => aside !== ''), '', lines, '', sayNotices(order.notices)].join('\n')
}

function sayTimeline({ happened, next }: Json): string {
  const past = (happened as Json[]).map(({ at, what, line, words, notice, run }) => {
    const by = notice ?? run
    return `${when(at)}  ${what.padEnd(8)}  ${line === null ? '' : `line ${line}: `}${words}${by ? ` [${by}]` : ''}`
  })
  const outlook = (next as Json[]).map(({ line, outcome, rule, until, words, hold }) => {
    const time = until ? ` at ${when(until)}` : ''
    const said = outcome === rule ? outcome : `${outcome} (${rule})`
    return `line ${line}: ${said}${time} · ${words}${hold ? ` [${hold}]` : ''}`
  })
  return ['', 'what happened', ...past, '', 'what comes next', ...outlook].join('\n')
}

/** Row by row: what cannot be taken in is named with its line, and the rest is taken in all the same. */
async function importOrders({ client, out, isTerminal }: Hand, file: string): Promise<void> {
  const rows = await readOrders(file)
  let [taken, wrong] = [0, 0]
  const complain = (line: number, words: string) => {
    wrong += 1
    out.write(`${basename(file)}:${line}: ${words}\n`)
  }
  const good = rows.flatMap((row) => ('wrong' in row ? (complain(row.line, row.wrong), []) : [row]))
  for (let start = 0; start < good.length; start += atOnce) {
    const chunk = good.slice(start, start + atOnce)
    const { results } = await client.post('/v1/orders/bulk', { orders: chunk.map(({ order }) => order) })
    for (const [i, result] of (results as Json[]).entries()) {
      if (result.outcome === 'invalid') complain(chunk[i]?.line ?? 0, result.problems.map(sayProblem).join('; '))
      else taken += 1
    }
    if (isTerminal) process.stderr.write(`\r${Math.min(start + atOnce, good.length)} of ${good.length} orders`)
  }
  if (isTerminal) process.stderr.write('\r\u001b[K')
  out.write(`${taken} orders taken in, ${wrong} refused; nobody is mailed of what they bring along.\n`)
  if (wrong > 0)
    throw new ApiError('Mend the rows named above and import the file again: what is in already stays as it is.')
}

function sayProblem({ path, expected }: Json): string {
  return `${path}: ${expected}`
}
