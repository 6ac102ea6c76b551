import type { Command } from 'commander'
import { Argument } from 'commander'
import type { Json } from '../client.ts'
import { ApiError } from '../client.ts'
import { when } from '../print.ts'
import type { Hand } from '../program.ts'
import { show, withJson } from '../show.ts'

type Options = { json?: boolean; yes?: boolean }

export function addSending(program: Command, hand: Hand): void {
  withJson(program.command('sending'))
    .addArgument(new Argument('[mode]', 'what it is to be from now on').choices(['live', 'hold', 'off']))
    .description('tells whether mails go out; live lets them, hold keeps them, off stops them within a second')
    .action(async (mode: string | undefined, { json }: Options) => {
      const sending = mode === undefined ? await hand.client.get('/v1/sending') : await hand.client.put('/v1/sending', { mode }) // prettier-ignore
      show(hand, sending, {
        json,
        say: () => `Sending is ${sending.mode}; ${sending.due} notices wait.${sayTester(sending)}`,
      })
    })
  withJson(program.command('go-live'))
    .description('shows what has gathered, mails nobody of it, and lets mails go out from now on')
    .option('--yes', 'without being asked')
    .action(async (options: Options) => goLive(hand, options))
  const incidents = withJson(program.command('incidents'))
    .description('lists open troubles, with what to do')
    .action(async ({ json }: Options) => {
      const { items } = await hand.client.get('/v1/incidents')
      show(hand, items, { json, say: () => sayIncidents(items) })
    })
  withJson(incidents.command('close <kind> <subject>'))
    .description('says that one is over of which only a person can know that, such as: close window 10057/1')
    .action(async (kind: string, subject: string, { json }: Options) => {
      const closed = await hand.client.post('/v1/incidents/close', { kind, subject })
      show(hand, closed, { json, say: () => `${subject}: ${kind} is over.` })
    })
}

async function goLive(hand: Hand, { json, yes }: Options): Promise<void> {
  const { mode, notices, customers, orders, toTester } = await hand.client.get('/v1/go-live')
  if (mode === 'live') throw new ApiError('Sending is live already.')
  const shown = orders.length > 0 ? `: orders ${orders.join(', ')}${notices > orders.length ? ' …' : ''}` : ''
  const gathered = `${notices} notices for ${customers} customers have gathered${shown}.${sayTester({ toTester })}`
  const question = `${gathered} Mail none of them, and go live?`
  if (!yes && !(await hand.ask(question))) throw new ApiError(`${question}\nNobody said yes; nothing was changed.`)
  const now = await hand.client.post('/v1/go-live', { notices })
  show(hand, now, { json, say: () => `Sending is ${now.mode}; ${notices} notices are waived.${sayTester(now)}` })
}

/** Nobody should take it for live without knowing. */
function sayTester({ toTester }: Json): string {
  if (!toTester) return ''
  return ' MAIL_ONLY_TO is set: mails go to that address alone, customers get none, and what is sent counts as told.'
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
