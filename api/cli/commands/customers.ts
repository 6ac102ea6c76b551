import type { Command } from 'commander'
import { ApiError, pathOf } from '../client.ts'
import type { Hand } from '../program.ts'

export function addCustomers(program: Command, { client, out, ask }: Hand): void {
  program
    .command('export <email>')
    .description('prints all that is stored of a customer, as JSON, on their request')
    .action(async (email: string) => {
      const data = await client.post(pathOf('customers', 'export'), { email })
      out.write(`${JSON.stringify(data, null, 2)}\n`)
    })
  for (const [command, optedOut, words] of [
    ['opt-out', true, 'mails a customer only what is needed, on their request'],
    ['opt-in', false, 'mails a customer all news again, on their request'],
  ] as const) {
    program
      .command(`${command} <email>`)
      .description(words)
      .action(async (email: string) => {
        await client.put(pathOf('customers', 'opted-out'), { email, optedOut })
        out.write(`${email} is mailed ${optedOut ? 'only what is needed' : 'all news'} from now on.\n`)
      })
  }
  program
    .command('erase <email>')
    .description('takes out of all orders and mails who the customer is, on their request; erase it in the shop first')
    .option('--yes', 'without asking')
    .action(async (email: string, { yes }: { yes?: boolean }) => {
      const { orders } = await client.post(pathOf('customers', 'export'), { email })
      const question = `${orders.length} orders are of ${email}. Take out address, name and the words of all mails?`
      if (!yes && !(await ask(question))) throw new ApiError('Nothing was erased.')
      const erased = await client.post(pathOf('customers', 'erase'), { email, orders: orders.length })
      out.write(`Erased in ${erased.orders.length} orders${erased.orders.length > 0 ? `: ${erased.orders.join(', ')}` : ''}.\n`) // prettier-ignore
    })
}
