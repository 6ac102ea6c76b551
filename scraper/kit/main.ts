import { CommanderError } from 'commander'
import { readSettings, supplierVariables } from '#core/process/settings.ts'
import { makeCommands } from './commands.ts'
import { KitError } from './kit-error.ts'
import { settings } from './settings.ts'

/** What the kit is run with: settings, credentials, and how a person stops it. */
const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort())

try {
  const commands = makeCommands({
    settings: readSettings(settings),
    variables: supplierVariables(),
    stopping: stopping.signal,
  })
  const args = process.argv.slice(2)
  if (args.length === 0) commands.outputHelp()
  else await commands.parseAsync(args, { from: 'user' })
} catch (error) {
  process.exitCode = tell(error)
}

/** Commander has told its own already. */
function tell(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  return error instanceof KitError ? error.exitCode : 1
}
