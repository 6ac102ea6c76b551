import type { Command } from 'commander'
import type { Json } from '../client.ts'
import { pathOf } from '../client.ts'
import { importOrders } from '../import-orders.ts'
import { short, tableOf, when } from '../print.ts'
import type { Hand } from '../program.ts'
import { show, withJson } from '../show.ts'
import { sayNotices } from './notices.ts'

type Options = { json?: boolean }

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
  withJson(imports.command('orders <file>'))
    .description(
      'takes orders in from a .jsonl file (an order a line, as the API takes it) or a .csv one (a line a row)',
    )
    .action(async (file: string, { json }: Options) => importOrders(hand, file, json))
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
  const mails = order.notices.length === 0 ? 'No mail about it was due so far.' : sayNotices(order.notices)
  return [head, ...asides.filter((aside) => aside !== ''), '', lines, '', mails].join('\n')
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
