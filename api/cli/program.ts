import { Command } from 'commander'
import type { Client } from './client.ts'
import { addCustomers } from './commands/customers.ts'
import { addHolds } from './commands/holds.ts'
import { addLinks } from './commands/links.ts'
import { addMail } from './commands/mail.ts'
import { addNotices } from './commands/notices.ts'
import { addOrders } from './commands/orders.ts'
import { addDoctor } from './commands/doctor.ts'
import { addParked } from './commands/parked.ts'
import { addRestored } from './commands/restored.ts'
import { addRuns } from './commands/runs.ts'
import { addTellAgain } from './commands/tell-again.ts'
import { addSending } from './commands/sending.ts'
import { addSuppliers } from './commands/suppliers.ts'
import type { Out } from './print.ts'

/** What every command works with. */
export type Hand = { client: Client; out: Out; isTerminal: boolean; ask(question: string): Promise<boolean> }

const examples = `
Examples:
  npm run avizo -- order 10057              what one customer was told, when, and why
  npm run avizo -- holds                    what waits for a person
  npm run avizo -- approve run/demo-20261127T1610Z 12
  npm run avizo -- sending hold             no mail leaves from now on
  npm run -s avizo -- runs --json           for programs

Options go behind " -- ", or npm takes them for itself.`

/** All commands: each is a request to the API, and prints a table, or with --json what the API answered. */
export function makeProgram(hand: Hand): Command {
  const program = new Command('npm run avizo --')
    .description('Looks at what Avizo knows and does, and says what it may do: a client of its API.')
    .usage('<command> [options]')
    .addHelpText('after', examples)
    .helpCommand(false)
    .exitOverride()
    // A group that has the option itself takes it from behind its commands, too.
    .hook('preAction', (_, command) => void command.setOptionValue('json', command.optsWithGlobals()['json']))
  for (const add of [
    addOrders,
    addRuns,
    addHolds,
    addTellAgain,
    addNotices,
    addSuppliers,
    addSending,
    addCustomers,
    addRestored,
    addParked,
    addDoctor,
    addMail,
    addLinks,
  ])
    add(program, hand)
  return program
}
