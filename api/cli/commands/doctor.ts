import type { Command } from 'commander'
import type { Json } from '../client.ts'
import type { Hand } from '../program.ts'
import { show, withJson } from '../show.ts'

export function addDoctor(program: Command, hand: Hand): void {
  withJson(program.command('doctor'))
    .description('looks at every part, and says what is wrong and what to do')
    .action(async ({ json }: { json?: boolean }) => {
      const { ok, findings } = await hand.client.get('/v1/doctor')
      show(hand, { ok, findings }, { json, say: () => sayFindings(findings) })
      if (!ok) process.exitCode = 1
    })
}

function sayFindings(findings: Json[]): string {
  const ill = findings.filter(({ ok }) => !ok).length
  const lines = findings.map(({ what, ok, words, todo }) => `${ok ? 'ok' : '!!'}  ${what}: ${words}${todo ? `\n      ${todo}` : ''}`) // prettier-ignore
  return [...lines, '', ill === 0 ? 'All is well.' : `${ill} of ${findings.length} want a hand.`].join('\n')
}
