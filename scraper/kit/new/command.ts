import type { Command } from 'commander'
import type { Kit } from '../commands.ts'
import type { Answers } from './questions.ts'
import { questions } from './questions.ts'

/** Each question has a flag; where there is a terminal, what is not given is asked. */
export function newCommand(program: Command, kit: Kit): void {
  const command = program
    .command('new <id>')
    .description('makes the folder of a supplier: asks what the portal looks like, or takes it as flags')
    .option(
      '--from <page...>',
      'address or saved html of its pages (sign-in, table): selectors and headers are proposed',
    )
  for (const { flag, ask, choices } of questions) {
    const values = choices ? ` (${choices.map(({ value }) => value).join(', ')})` : ''
    command.option(`--${flag} <${flag.includes('path') ? 'path' : 'text'}>`, ask + values)
  }
  command.action(async (id: string, { from = [], ...options }: { from?: string[] } & Answers) => {
    const { newSupplier } = await import('./new-supplier.ts')
    process.exitCode = await newSupplier(kit, { id, from, flags: byFlag(options) })
  })
}

/** Commander writes time-zone as timeZone. */
function byFlag(options: Answers): Answers {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [hyphened(name), value]))
}

function hyphened(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
