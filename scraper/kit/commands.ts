import { Command } from 'commander'
import type { Settings } from './settings.ts'
import { newCommand } from './new/command.ts'

/** What every command is run with. */
export type Kit = { settings: Settings; variables: Record<string, string>; stopping: AbortSignal }

const examples = `
Examples:
  npm run supplier new acme                       asks, and writes the folder of a supplier
  npm run supplier new acme -- --from page.html   the same, with proposals from a saved page (or an address)
  npm run supplier try acme                       reads its portal now; sends nothing
  npm run supplier try acme -- --visible --all    the same before your eyes, and the whole table
  npm run supplier save acme                      keeps a page with what was read from it
  npm run supplier check                          reads all saved pages again, without network
  npm run supplier replay acme var/supplier-try/acme-20261121T0800Z
  npm run -s supplier read -- --language cs --anchor 2026-11-21 < cells.txt

Options go behind " -- ", or npm takes them for itself. docs/add-a-supplier.md tells it as a story.`

/** The commands with their options and help; what each does is loaded only when it is called. */
export function makeCommands(kit: Kit): Command {
  const program = new Command('npm run supplier')
    .description('Adds suppliers, tries them out, and keeps what was read from their portals.')
    .usage('<command> -- [options]')
    .addHelpText('after', examples)
    .helpCommand(false)
    .exitOverride()
  newCommand(program, kit)
  tryCommand(program, kit)
  saveCommand(program, kit)
  checkCommand(program, kit)
  replayCommand(program, kit)
  readCommand(program, kit)
  program.command('moods').description('plays every mood of a portal, and shows what each run made of it')
  return program
}

function tryCommand(program: Command, kit: Kit): void {
  program
    .command('try <id>')
    .description('reads the portal now, by the code of the scraper, and prints what it understood; sends nothing')
    .option('--visible', 'in a browser that you can watch')
    .option('--all', 'print all rows, not the first 30')
    .option('--json', 'print one JSON object, for machines')
    .option('--remember', 'use and keep the remembered session, as the scraper does')
    .action(async (id: string, options: object) => {
      const { trySupplier } = await import('./try-supplier.ts')
      process.exitCode = await trySupplier(kit, { id, ...options })
    })
}

function saveCommand(program: Command, kit: Kit): void {
  program
    .command('save <id>')
    .description('reads the portal and keeps a page (or the file) as fixture, with what was read from it')
    .option('--name <name>', 'name of the saved page; the day where not given')
    .option('--replace', 'put it in the place of the saved page of that name')
    .option('--visible', 'in a browser that you can watch')
    .action(async (id: string, options: object) => {
      const { saveSupplier } = await import('./save-supplier.ts')
      process.exitCode = await saveSupplier(kit, { id, ...options })
    })
}

function checkCommand(program: Command, kit: Kit): void {
  program
    .command('check [id]')
    .description('reads all saved pages again, without network, and shows what would be read differently')
    .option('--note', 'write down the number and hash that a definition has now')
    .option('--accept', 'write down what is read now as what is to be read')
    .option('--folder <folder...>', 'other folders of suppliers than SUPPLIERS_DIR')
    .action(async (id: string | undefined, options: object) => {
      const { check } = await import('./check.ts')
      process.exitCode = await check(kit, { ...(id !== undefined && { id }), ...options })
    })
}

function replayCommand(program: Command, kit: Kit): void {
  program
    .command('replay <id> <folder>')
    .description("reads pages or files kept as evidence, or by save, by today's code, and shows what differs")
    .option('--address <path>', 'where the page stood, if the folder does not say, such as "/stock?page=2"')
    .option('--anchor <day>', 'the day that "in three weeks" counts from, if the folder does not say')
    .action(async (id: string, folder: string, options: object) => {
      const { replay } = await import('./replay.ts')
      process.exitCode = await replay(kit, { id, folder, ...options })
    })
}

function readCommand(program: Command, kit: Kit): void {
  program
    .command('read')
    .description('reads cells on standard input, one a line; prints text, kind, from, to, precision between tabs')
    .option('--language <language>', 'of the cells: cs, sk, pl, de, en, en-GB or en-US')
    .option('--anchor <day>', 'the day that relative texts count from; today where not given')
    .option('--supplier <id>', 'read as this supplier is read: its language, words, blank, time zone')
    .option('--marks', 'a sixth column: "from" or "about" beside a date')
    .action(async (options: object) => {
      const { readCells } = await import('./read/read-cells.ts')
      process.exitCode = await readCells(kit, options)
    })
}
