import type { Availability, Day } from '#core/domain/availability.ts'
import { sameAvailability } from '#core/domain/availability.ts'
import type { StoredMessage } from '#core/domain/notice.ts'
import type { Shop } from './context.ts'
import { isOfRetired, itemOfLine } from './gather.ts'
import type { OrderSight } from './make-message.ts'

/** Whether every date that a stored message shows is still so, for lines that still want it, at the same address. */
export function isStillCurrent(
  message: StoredMessage,
  { order, outcomes, facts }: OrderSight,
  { shop, today }: { shop: Shop; today: Day },
): boolean {
  if (order.shop.customer.email !== message.to) return false
  const due = [...outcomes].filter(([, outcome]) => outcome.kind === 'due')
  if (due.length !== message.news.length) return false
  const isNewsCurrent = message.news.every(({ line, now }) => {
    const outcome = outcomes.get(line)
    return outcome?.kind === 'due' && sameAvailability(outcome.news.now, now)
  })
  return isNewsCurrent && Object.entries(message.others).every(([line, shown]) => isShownStill(line, shown))

  function isShownStill(line: string, shown: Availability): boolean {
    const state = order.lines[line]
    const now = itemOfLine({ shop }, { order, state, facts })?.now?.availability
    const isOpen = order.shop.lines.some(({ id, status }) => id === line && status === 'open')
    const isPast = shown.kind === 'expected' && shown.to < today
    return isOpen && !isPast && !isOfRetired(facts, state?.item) && now !== undefined && sameAvailability(now, shown)
  }
}
