import type { Command } from 'commander'
import type { Json } from '../client.ts'
import { pathOf } from '../client.ts'
import { numberOf, short, tableOf } from '../print.ts'
import type { Hand } from '../program.ts'
import { show, withJson } from '../show.ts'

export function addTellAgain(program: Command, hand: Hand): void {
  withJson(program.command('tell-again <run> [customers]'))
    .description(
      'lists who was told of a run; with the number of customers shown: it was wrong, mail them a correction',
    )
    .action(async (run: string, customers: string | undefined, { json }: { json?: boolean }) => {
      if (customers === undefined) {
        const told = await hand.client.get(`${pathOf('runs', run)}/told`)
        return show(hand, told, { json, say: () => sayTold(told) })
      }
      const told = await hand.client.post(`${pathOf('runs', run)}/tell-again`, { customers: numberOf(customers) })
      show(hand, told, { json, say: () => `${told.customers} customers are told again; what they hold from ${run} was wrong.` }) // prettier-ignore
    })
}

function sayTold({ run, customers, lines }: Json): string {
  const table = tableOf(
    lines,
    [
      ['order', ({ order }) => order],
      ['line', ({ line }) => line],
      ['mail', ({ notice }) => notice],
      ['told', ({ told }) => short(told?.availability)],
      ['now', ({ now }) => short(now?.availability)],
      ['is', ({ state }) => state.replaceAll('-', ' ')],
    ],
    'Nobody was mailed of it.',
  )
  if (customers === 0) return table
  return `${table}\n\nIf the run was wrong: npm run avizo -- tell-again ${run} ${customers}`
}
