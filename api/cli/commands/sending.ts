import type { Command } from 'commander'
import type { Json } from '../client.ts'
import { when } from '../print.ts'
import type { Hand } from '../program.ts'
import { show, withJson } from '../show.ts'

type Options = { json?: boolean }

export function addSending(program: Command, hand: Hand): void {
  withJson(program.command('sending [mode]'))
    .description('tells whether mails go out; live lets them, hold keeps them, off stops them within a second')
    .action(async (mode: string | undefined, { json }: Options) => {
      const sending = mode === undefined ? await hand.client.get('/v1/sending') : await hand.client.put('/v1/sending', { mode }) // prettier-ignore
      show(hand, sending, { json, say: () => `Sending is ${sending.mode}; ${sending.due} notices wait.` })
    })
  withJson(program.command('incidents'))
    .description('lists open troubles, with what to do')
    .action(async ({ json }: Options) => {
      const { items } = await hand.client.get('/v1/incidents')
      show(hand, items, { json, say: () => sayIncidents(items) })
    })
}

function sayIncidents(list: Json[]): string {
  if (list.length === 0) return 'There is no open trouble.'
  return list
    .map(({ subject, words, hint, openedAt, seen }) => {
      const times = seen > 1 ? `, met ${seen} times` : ''
      return `${subject}: ${words}\n  since ${when(openedAt)}${times}\n  what to do: ${hint}`
    })
    .join('\n')
}
