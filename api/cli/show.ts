import type { Command } from 'commander'
import { InvalidArgumentError } from 'commander'
import type { Json } from './client.ts'
import type { Hand } from './program.ts'

/** A command that can also print what the API answered, as it is. */
export function withJson(command: Command): Command {
  return command.option('--json', 'print what the API answered, for programs')
}

/** How many of a list, where nobody says. */
export function withLimit(command: Command, usual: number): Command {
  return command.option('--limit <n>', 'how many', countOf, usual)
}

function countOf(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Give a number from 1 on.')
}

/** Tells a person who looks on how far it is; wiped once it is done. */
export function tellProgress({ isTerminal }: Pick<Hand, 'isTerminal'>, all: number, what: string) {
  const write = (words: string) => void (isTerminal && process.stderr.write(words))
  return {
    at: (done: number) => write(`\r${done} of ${all} ${what}`),
    wipe: () => write('\r\u001b[K'),
  }
}

/** Prints an answer: for programs as it is, for people in words. */
export function show(
  { out }: Hand,
  answer: Json,
  { json, say }: { json?: boolean | undefined; say: () => string },
): void {
  out.write(`${json ? JSON.stringify(answer, null, 2) : say()}\n`)
}
