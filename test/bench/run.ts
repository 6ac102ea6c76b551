import { Argument, Command, InvalidArgumentError } from 'commander'
import { ensureParts } from '#infra/setup/parts.ts'
import { measureCosts, parts } from './cost.ts'
import type { Part } from './cost.ts'
import { measureMail } from './mail.ts'
import { measurePages } from './pages.ts'

/** `npm run bench`: what Avizo costs beside bare means that do the same. */
const program = new Command('npm run bench').usage('-- [command] [options]').helpCommand(false)
program
  .command('cost', { isDefault: true })
  .description('what the notifier costs beside bare drivers')
  .addArgument(new Argument('[parts...]', 'only these').choices(parts))
  .option('--items <n>', 'items of a supplier', count, 100_000)
  .option('--mails <n>', 'mails of the outbox', count, 10_000)
  .option('--most <n>', 'items whose memory is compared with that of a tenth', count, 1_000_000)
  .action(async (wanted: Part[], sizes: { items: number; mails: number; most: number }) => {
    await ensureParts()
    if (!(await measureCosts(new Set(wanted.length > 0 ? wanted : parts), sizes))) process.exitCode = 1
  })
program
  .command('pages')
  .description('what a reading costs beside a bare script that only loads the same pages')
  .argument('[pages]', 'how many', count, 200)
  .action(async (pages: number) => {
    await ensureParts()
    await measurePages(pages)
  })
program
  .command('mail')
  .description('mails worded in a second, and sent beside a bare pool')
  .action(async () => {
    if (!(await measureMail())) process.exitCode = 1
  })
await program.parseAsync()

function count(said: string): number {
  const number = Number(said)
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('Expected a whole number.')
  return number
}
