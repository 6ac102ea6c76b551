import type { Command } from 'commander'
import type { Json } from '../client.ts'
import { pathOf, withQuery } from '../client.ts'
import { short, tableOf, when } from '../print.ts'
import type { Hand } from '../program.ts'
import { show, withJson, withLimit } from '../show.ts'

const states = ['due', 'sending', 'sent', 'held', 'superseded', 'suppressed', 'failed'] as const
type Options = { json?: boolean; limit?: number } & { [state in (typeof states)[number]]?: boolean }

export function addNotices(program: Command, hand: Hand): void {
  const command = withLimit(withJson(program.command('notices')), 50).description('lists notices, the newest first')
  for (const state of states) command.option(`--${state}`, `those that are ${state}`)
  command.action(async ({ limit = 0, ...options }: Options) => {
    const wanted = states.filter((state) => options[state])
    const path = withQuery('/v1/notices', { state: wanted.length > 0 ? wanted.join(',') : undefined })
    const notices = await hand.client.list(path, limit)
    show(hand, notices, { json: options.json, say: () => sayNotices(notices) })
  })
  withJson(program.command('resend <id>'))
    .description(
      'lets a failed or suppressed notice go again, or one that never arrived, with what is so by then; its address is tried again',
    )
    .action(async (id: string, { json }: Options) => {
      const notice = await hand.client.post(`${pathOf('notices', id)}/resend`)
      show(hand, notice, { json, say: () => sayNotices([notice]) })
    })
}

export function sayNotices(list: Json[]): string {
  return tableOf(
    list,
    [
      ['notice', ({ id }) => id],
      ['state', sayState],
      ['since', ({ since }) => when(since)],
      ['sent', ({ sentAt }) => when(sentAt)],
      ['says', ({ news }) => news.map((one: Json) => `${one.kind}: ${short(one.now.availability)}`).join(', ')],
      ['why', ({ reason, tries }) => reason ?? tries.at(-1)?.words],
    ],
    'There is no such notice.',
  )
}

/** What counts as sent with a reason may not have arrived at all. */
function sayState({ state, window: met, reason }: Json): string {
  if (!met) return state
  return state === 'sent' && reason !== null ? 'sent, maybe' : `${state}, maybe twice`
}
