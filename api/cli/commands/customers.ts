import type { Command } from 'commander'
import { ApiError, pathOf } from '../client.ts'
import type { Hand } from '../program.ts'
import { show, withJson } from '../show.ts'

type Options = { json?: boolean; yes?: boolean }

export function addCustomers(program: Command, hand: Hand): void {
  const { client } = hand
  withJson(program.command('export <email>'))
    .description('prints all that is stored of a customer, as JSON, on their request')
    .action(async (email: string) => {
      const data = await client.post(pathOf('customers', 'export'), { email })
      show(hand, data, { json: true, say: () => '' })
    })
  for (const [command, optedOut, words] of [
    ['opt-out', true, 'mails a customer only what is needed, on their request'],
    ['opt-in', false, 'mails a customer all news again, on their request'],
  ] as const) {
    withJson(program.command(`${command} <email>`))
      .description(words)
      .action(async (email: string, { json }: Options) => {
        const said = await client.put(pathOf('customers', 'opted-out'), { email, optedOut })
        const what = optedOut ? 'only what is needed' : 'all news'
        show(hand, said, { json, say: () => `${email} is mailed ${what} from now on.` })
      })
  }
  withJson(program.command('erase <email>'))
    .description('takes out of all orders and mails who the customer is, on their request; erase it in the shop first')
    .option('--yes', 'without asking')
    .action(async (email: string, { yes, json }: Options) => {
      const { orders } = await client.post(pathOf('customers', 'export'), { email })
      const question = `${orders.length} orders are of ${email}. Take out address, name and the words of all mails?`
      if (!yes && !(await hand.ask(question))) throw new ApiError('Nothing was erased.')
      const erased = await client.post(pathOf('customers', 'erase'), { email, orders: orders.length })
      const list = erased.orders.length > 0 ? `: ${erased.orders.join(', ')}` : ''
      show(hand, erased, { json, say: () => `Erased in ${erased.orders.length} orders${list}.` })
    })
}
