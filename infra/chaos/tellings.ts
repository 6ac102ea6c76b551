import type { Mail, Said } from './mails.ts'
import { readText } from './mails.ts'
import type { NoticeSeen } from './shop.ts'

/**
 * What a customer was told by one notice: by mails that came, or by one that never did, though it counts as sent because
 * nobody can know.
 */
export type Telling =
  | { kind: 'came'; id: string; window: boolean; mails: [Mail, ...Mail[]] }
  | { kind: 'uncertain'; id: string; said: Said }

export type Problems = { lost: string[]; wrong: string[] }

/** An order's tellings, in the order of its notices; mails and notices that do not go together are named. */
export function tellingsOf(notices: NoticeSeen[], mails: Mail[], { lost, wrong }: Problems): Telling[] {
  const byId = Map.groupBy(mails, ({ messageId }) => `<${messageId}>`)
  const known = new Set(notices.map(({ messageId }) => messageId))
  for (const messageId of byId.keys())
    if (!known.has(messageId)) wrong.push(`mail ${messageId} came, and no notice of its order has made it`)
  return notices.flatMap((notice): Telling[] => {
    const { id, state, window, messageId, reason, text } = notice
    const [first, ...copies] = messageId === null ? [] : (byId.get(messageId) ?? [])
    if (first !== undefined) {
      if (state !== 'sent') wrong.push(`mail ${messageId} came, and its notice ${id} is ${state}`)
      return [{ kind: 'came', id, window, mails: [first, ...copies] }]
    }
    if (state !== 'sent') return []
    if (window && reason !== null) return [{ kind: 'uncertain', id, said: readText(text ?? '') }]
    lost.push(`notice ${id} is sent without a doubt, and its mail never came`)
    return []
  })
}

/** Mails of one order come one after the other, but for what met the window: that may come when it likes. */
export function outOfTurn(tellings: Telling[]): string[] {
  const problems: string[] = []
  let before: Extract<Telling, { kind: 'came' }> | null = null
  for (const telling of tellings) {
    if (telling.kind !== 'came' || telling.window) continue
    if (before !== null && telling.mails[0].at < before.mails[0].at)
      problems.push(`the mail of notice ${telling.id} came before the one of ${before.id}`)
    before = telling
  }
  return problems
}
