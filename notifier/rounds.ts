import DataLoader from 'dataloader'
import type { StoredMessage } from '#core/domain/notice.ts'
import type { ClaimedNotice, Ending } from '#core/store/notice-sending.ts'
import { fewOrders } from './announced.ts'
import type { Context } from './context.ts'
import { gatherFacts, outcomesOf } from './gather.ts'
import type { OrderSight } from './make-message.ts'
import { errorOf, planEach } from './plan-each.ts'

/** Mails that come to the same step within this time take it in one round trip to the store. */
const gatherMs = 2
/** When many are under way the rounds of a step follow each other no faster than that: each takes more along. */
const betweenMs = 60
/** What was accepted and is not marked yet would go again after a kill: it waits less. */
const betweenEndsMs = 20
/** Fewer than what is announced as a large planning (P5). */
const mostAtOnce = fewOrders - 1

export type Rounds = ReturnType<typeof makeRounds>

/** The steps that each mail takes at the store; those of mails that are sent side by side go together. */
export function makeRounds(context: Context) {
  const { store, owner } = context

  return {
    claim: together(betweenMs, (ids: readonly string[]) => store.notices.claimEach(ids, owner)),
    look: together(betweenMs, (numbers: readonly string[]) => lookAtEach(context, numbers)),
    // A connection waits for it, or will soon.
    hand: together(0, (list: readonly { claimed: ClaimedNotice; message: StoredMessage }[]) =>
      store.notices.handEach(list),
    ),
    end: together(betweenEndsMs, (list: readonly Ending[]) => store.notices.endEach(list)),
    plan: together(betweenMs, (numbers: readonly string[]) => planned(context, numbers)),
  }
}

function together<K, V>(between: number, all: (keys: readonly K[]) => Promise<(V | Error)[]>): (key: K) => Promise<V> {
  let notBefore = 0
  const go = async (keys: readonly K[]) => {
    notBefore = performance.now() + between
    return all(keys)
  }
  const batchScheduleFn = (begin: () => void) =>
    void setTimeout(begin, Math.max(gatherMs, notBefore - performance.now()))
  const loader = new DataLoader<K, V>(go, { cache: false, maxBatchSize: mostAtOnce, batchScheduleFn })
  return (key) => loader.load(key)
}

async function planned(context: Context, numbers: readonly string[]): Promise<(true | Error)[]> {
  const ill = await planEach(context, [...new Set(numbers)])
  return numbers.map((number) => ill.get(number) ?? true)
}

/** What an order has to say could not be found out: a defect of ours, and of this order only. */
export class CannotLook extends Error {
  override name = 'CannotLook'
}

/**
 * An order as it is at this moment, why nothing may be mailed to its customer, and the Message-IDs of the last mails about
 * it; null where there is none.
 */
export type Sight = OrderSight & { suppressed: string | null; earlier: string[] }

async function lookAtEach(context: Context, numbers: readonly string[]): Promise<(Sight | null | Error)[]> {
  const { store } = context
  const orders = new Map((await store.orders.getMany([...numbers])).map((order) => [order.number, order]))
  const list = [...orders.values()]
  const facts = await gatherFacts(context, list)
  const mailed = list.filter(({ closed }) => closed > 0).map(({ number }) => number)
  const earlier = await store.notices.sentMessageIds(mailed)
  return numbers.map((number) => {
    const order = orders.get(number)
    if (order === undefined) return null
    const because = facts.suppressed.get(order.shop.customer.email) ?? null
    try {
      const outcomes = outcomesOf(context, order, facts)
      return { order, facts, outcomes, suppressed: because, earlier: earlier.get(number) ?? [] }
    } catch (error) {
      return new CannotLook(errorOf(error).message, { cause: error })
    }
  })
}
