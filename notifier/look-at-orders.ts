import type { LineState, StoredOrder } from '#core/domain/line-state.ts'
import { pastOf } from '#core/domain/line-state.ts'
import { askedOf } from '#core/domain/line-wants.ts'
import type { OrderLine } from '#core/domain/order.ts'
import { valueToTell } from '#core/domain/plan-line.ts'
import { isStoreTrouble } from '#core/store/mongo.ts'
import { announced } from './announced.ts'
import type { Context } from './context.ts'
import { findItem, isRelinked } from './find-item.ts'
import { gatherFacts, outcomesOf } from './gather.ts'
import type { Ill } from './plan-each.ts'
import { errorOf, noteIll, planEach } from './plan-each.ts'
import type { Intake } from './told-at-intake.ts'
import { toldAtIntake } from './told-at-intake.ts'

const recentMs = 24 * 3_600_000

/**
 * Orders that were put, or whose unmatched lines may have found their item, are looked at once and planned. Gives those
 * with which that cannot be done.
 */
export async function lookAtOrders(context: Context, numbers: string[]): Promise<Ill> {
  return announced(context, numbers.length, async () => {
    const orders = await context.store.orders.getMany(numbers)
    const { looked, unseen } = await lookAtEach(context, orders)
    await context.at?.('looked-at')
    const seen = numbers.filter((number) => !unseen.has(number))
    const ill = new Map([...unseen, ...(await planEach(context, seen))])
    // Last: who dies before it leaves the look to be done again.
    await context.store.orders.lookDone(looked.filter(({ number }) => !ill.has(number)))
    return ill
  })
}

async function lookAtEach(context: Context, orders: StoredOrder[]): Promise<{ looked: StoredOrder[]; unseen: Ill }> {
  const looked: StoredOrder[] = []
  const unseen: Ill = new Map()
  for (const order of orders) {
    try {
      if (await lookAt(context, order)) looked.push(order)
    } catch (error) {
      if (isStoreTrouble(error)) throw error
      unseen.set(order.number, errorOf(error))
    }
  }
  return { looked, unseen: await noteIll(context, unseen) }
}

/** False where nobody had asked for a look, and there was nothing to note. */
async function lookAt(context: Context, order: StoredOrder): Promise<boolean> {
  const { store } = context
  const fresh: Record<string, LineState> = {}
  const kept: Record<string, string> = {}
  for (const line of order.shop.lines) {
    const known = order.lines[line.id]
    const asked = askedOf(line)
    const isSame = known?.asked === asked && !(await isOtherNow(context, { order, line }))
    if (isSame && known.item !== null) continue
    const item = await findItem(context, line)
    if (isSame && item === null) continue
    // Pointed to in another way it is the same item still: what was told of it stays.
    if (known !== undefined && item !== null && known.item === item) kept[line.id] = asked
    else fresh[line.id] = await stateAtIntake(context, { order, line, item }, asked)
  }
  // A look that nobody asked for, and that finds nothing, writes nothing: the daily one is at all orders.
  if (order.look === undefined && Object.keys({ ...fresh, ...kept }).length === 0) return false
  const looked = isNews(context, order) ? fresh : await waivedAtIntake(context, order, fresh)
  const isSaved = await store.orders.saveLook(order, withPast(order, looked), kept)
  if (!isSaved || (await foundMeanwhile(context, order, fresh))) await store.orders.askLook([order.number])
  return true
}

/** Looked at only where somebody asked for it: whoever changes a link does. */
async function isOtherNow(
  context: Context,
  { order, line }: { order: StoredOrder; line: OrderLine },
): Promise<boolean> {
  const item = order.lines[line.id]?.item ?? null
  return order.look === true && item !== null && (await isRelinked(context, line, item))
}

async function stateAtIntake(context: Context, intake: Intake, asked: string): Promise<LineState> {
  const { item } = intake
  const supplier = item === null ? null : await context.store.suppliers.get(item.slice(0, item.indexOf('/')))
  const told = await toldAtIntake(context, intake)
  const isEarly = supplier?.baseline?.done !== true
  const heard = supplier?.silent?.done === true ? { heard: supplier.silent.run } : {}
  return { asked, item, told, waived: null, since: null, ...(isEarly && { early: true as const }), ...heard }
}

/** A run may bring an item between the search for it and the note that the line waits for it. */
async function foundMeanwhile(
  context: Context,
  { shop }: StoredOrder,
  fresh: Record<string, LineState>,
): Promise<boolean> {
  for (const line of shop.lines) {
    if (fresh[line.id]?.item === null && (await findItem(context, line)) !== null) return true
  }
  return false
}

/** By default only a single put of an order of the last 24 hours makes news of a difference that it brings along. */
function isNews({ now }: Context, { shop }: StoredOrder): boolean {
  return shop.notifyNow ?? (shop.single && now().getTime() - Date.parse(shop.placedAt) < recentMs)
}

/** Another item takes nothing from what the line was told before. */
function withPast({ lines }: StoredOrder, looked: Record<string, LineState>): Record<string, LineState> {
  const entries = Object.entries(looked).map(([id, state]): [string, LineState] => {
    return [id, { ...state, past: [...(lines[id]?.past ?? []), ...pastOf(state)] }]
  })
  return Object.fromEntries(entries)
}

/** A difference that an import or an old order brings along is on purpose not told. */
async function waivedAtIntake(
  context: Context,
  order: StoredOrder,
  fresh: Record<string, LineState>,
): Promise<Record<string, LineState>> {
  const looked = { ...order, lines: { ...order.lines, ...fresh } }
  const outcomes = outcomesOf(context, looked, await gatherFacts(context, [looked]))
  return Object.fromEntries(
    Object.entries(fresh).map(([id, state]) => {
      const outcome = outcomes.get(id)
      const value = outcome && valueToTell(outcome)
      if (value === undefined) return [id, state]
      return [id, { ...state, waived: { value, reason: 'at-intake' as const, at: context.now() } }]
    }),
  )
}
