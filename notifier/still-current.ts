import type { Availability, Day } from '#core/domain/availability.ts'
import { sameAvailability } from '#core/domain/availability.ts'
import type { PlannedNews, StoredMessage } from '#core/domain/notice.ts'
import { isPast } from '#core/domain/overdue.ts'
import type { Shop } from './context.ts'
import { isOfRetired, itemOfLine } from './gather.ts'
import type { OrderSight } from './make-message.ts'

/** Whether every date that a stored message shows is still so, for lines that still want it, at the same address. */
export function isStillCurrent(
  message: StoredMessage,
  sight: OrderSight,
  { shop, today }: { shop: Shop; today: Day },
): boolean {
  const { order, outcomes, facts } = sight
  if (order.shop.customer.email !== message.to) return false
  const due = [...outcomes].filter(([, outcome]) => outcome.kind === 'due')
  if (due.length !== message.news.length) return false
  const isNewsCurrent = message.news.every((news) => standsStill(news, sight, today))
  return isNewsCurrent && Object.entries(message.others).every(([line, shown]) => isShownStill(line, shown))

  function isShownStill(line: string, shown: Availability): boolean {
    const state = order.lines[line]
    const now = itemOfLine({ shop }, { order, state, facts })?.now?.availability
    const isOpen = order.shop.lines.some(({ id, status }) => id === line && status === 'open')
    if (!isOpen || isPast(shown, today) || isOfRetired(facts, state?.item)) return false
    return now !== undefined && sameAvailability(now, shown)
  }
}

/** Whether the line would be told this very news now: with a date that passed meanwhile it would not, or in other words. */
function standsStill(
  { line, kind, now }: PlannedNews,
  { outcomes }: Pick<OrderSight, 'outcomes'>,
  today: Day,
): boolean {
  const outcome = outcomes.get(line)
  if (outcome?.kind !== 'due' || outcome.news.kind !== kind) return false
  return sameAvailability(outcome.news.now, now) && (kind === 'overdue' || !isPast(now, today))
}
