import { createInterface } from 'node:readline/promises'
import { CommanderError } from 'commander'
import { readSettings } from '#core/process/settings.ts'
import { ApiError, makeClient } from './client.ts'
import { makeProgram } from './program.ts'
import { settings } from './settings.ts'

try {
  const program = makeProgram({
    client: makeClient(readAccess),
    out: { write: (text) => void process.stdout.write(text) },
    isTerminal: process.stderr.isTTY,
    ask: askPerson,
  })
  const args = process.argv.slice(2)
  if (args.length === 0) program.outputHelp()
  else await program.parseAsync(args, { from: 'user' })
} catch (error) {
  process.exitCode = tell(error)
}

function readAccess() {
  const { AVIZO_API_URL: address, API_KEY: key } = readSettings(settings)
  return { address, key }
}

/** Without a terminal nobody can say yes. */
async function askPerson(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await lines.question(`${question} [y/N] `)
  lines.close()
  return /^y(es)?$/i.test(answer.trim())
}

/** Commander has told its own already. */
function tell(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  return error instanceof ApiError ? 1 : 3
}
