import { sameAvailability } from '#core/domain/availability.ts'
import type { Notice } from '#core/domain/notice.ts'
import type { LineOutcome } from '#core/domain/plan-line.ts'
import { isPendingOutcome, valueToTell } from '#core/domain/plan-line.ts'
import { chunksOf } from '#core/store/mongo.ts'
import type { NoticesHold } from '#core/store/notice-holds.ts'
import { goLiveHoldId } from '#core/store/notice-holds.ts'
import type { LineChange } from '#core/store/order-lines.ts'
import { closeEnded } from './close-notice.ts'
import type { Context } from './context.ts'
import { endUnsent } from './end-notice.ts'
import { gatherFacts, outcomesIfAny } from './gather.ts'
import { planEach } from './plan-each.ts'

const ordersAtOnce = 500

/** A person wants none of these notices mailed: what they would say is waived, and they end. Repeating it is harmless. */
export async function waiveHeld(context: Context, hold: NoticesHold): Promise<void> {
  await waiveShown(context, hold)
  if (hold.id === goLiveHoldId) {
    // Nobody was shown what they say: what was left in the middle of sending says what is so only by now.
    await waiveShown(context, hold)
    await waivePending(context)
  }
  // What moved meanwhile was not shown to the person: it is still held, and its hold opens anew.
  await context.store.holds.waivedAll(hold.id)
}

async function waiveShown(context: Context, { id, waivedAt = new Date(0) }: NoticesHold): Promise<void> {
  // What joined later was not meant.
  const held = (await context.store.notices.heldUnder(id)).filter(({ heldAt }) => heldAt <= waivedAt)
  for (const chunk of chunksOf(held, ordersAtOnce)) {
    const orders = chunk.map(({ order }) => order)
    await waiveLines(context, orders)
    await planEach(context, orders)
  }
}

/** What had gathered and has no notice only because its item says something else once: nobody is to hear of it either. */
async function waivePending(context: Context): Promise<void> {
  const { store } = context
  for await (const items of store.items.pending()) {
    for (const numbers of chunksOf(await store.orders.withItems(items.map(({ id }) => id)), ordersAtOnce)) {
      await saveWaived(context, numbers, (_order, _line, outcome) => isPendingOutcome(outcome))
    }
  }
}

async function waiveLines(context: Context, numbers: string[]): Promise<void> {
  const open = await endHanded(context, numbers)
  await saveWaived(context, numbers, (order, line, outcome) => {
    const shown = open.get(order)?.news.find((news) => news.line === line)?.now
    const value = isPendingOutcome(outcome) || outcome.kind === 'due' ? valueToTell(outcome) : undefined
    return shown !== undefined && value !== undefined && sameAvailability(shown, value)
  })
}

/** What may have been accepted counts as told before the rest is waived; gives the notices as they were open until then. */
async function endHanded(context: Context, numbers: string[]): Promise<Map<string, Notice>> {
  const { notices } = context.store
  const orders = [...(await notices.openOf(numbers)).values()].filter(mayBeSent).map(({ order }) => order)
  // Nobody planned what was being sent: now it says what is so by now.
  await planEach(context, orders)
  const open = await notices.openOf(numbers)
  for (const notice of open.values()) if (mayBeSent(notice)) await endUnsent(context, notice)
  await closeEnded(context, orders)
  return open
}

function mayBeSent({ state, handedAt }: Notice): boolean {
  return state === 'held' && handedAt !== undefined
}

type Chosen = (order: string, line: string, outcome: LineOutcome) => boolean

async function saveWaived(context: Context, numbers: string[], isChosen: Chosen): Promise<void> {
  const { store } = context
  const orders = await store.orders.getMany(numbers)
  const facts = await gatherFacts(context, orders)
  const changes = orders.map((order) => {
    const lines: Record<string, LineChange> = {}
    for (const [line, outcome] of outcomesIfAny(context, order, facts) ?? []) {
      const value = valueToTell(outcome)
      if (value === undefined || !isChosen(order.number, line, outcome)) continue
      lines[line] = { waived: { value, reason: 'hold', at: context.now() }, since: null }
    }
    return { guard: order, lines }
  })
  await store.orders.saveLines(changes)
}
