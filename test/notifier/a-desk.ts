import type { Given } from '#api/given.ts'
import type { MessageOf, MessageType } from '#core/domain/messages.ts'
import { Order } from '#core/domain/order.ts'
import { attendHold } from '#notifier/attend-holds.ts'
import { lookAtOrders } from '#notifier/look-at-orders.ts'
import { planRetired } from '#notifier/plan-retired.ts'
import { tellAgain } from '#notifier/tell-again.ts'
import { makeWorld } from '#test/api/world.ts'
import type { TestContext } from './a-context.ts'

/** A person at the API of such a notifier: what the API publishes about holds, the notifier attends to at once. */
export function makeDesk({ context, store }: TestContext) {
  let attended = Promise.resolve()
  const broker: Given['broker'] = {
    isConnected: () => true,
    publish: async (type: MessageType, { body }) => {
      const { about, id } = body as MessageOf<'wish.made'>
      if (type === 'wish.made' && about === 'hold') attended = attended.then(() => attendHold(context, id))
      if (type === 'wish.made' && about === 'tell-again') attended = attended.then(() => tellAgain(context, id))
      if (type === 'wish.made' && about === 'supplier') attended = attended.then(() => planRetired(context))
      await attended
    },
  }
  const { send } = makeWorld(store, { broker, attendWithinMs: 30_000 })

  return {
    broker,
    /** Once all that was decided so far is done. */
    attended: () => attended,
    holds: async () => (await send('GET', '/v1/holds')).body['items'] as Record<string, unknown>[],
    hold: (id: string) => send('GET', address(id)),
    async ask(method: 'GET' | 'POST' | 'PUT', path: string, body?: object) {
      const answer = await send(method, path, body)
      await attended
      return answer
    },
    /** What was decided is done, too. */
    async decide(id: string, verb: 'approve' | 'discard' | 'waive', body?: object) {
      const answer = await send('POST', `${address(id)}/${verb}`, body)
      await attended
      return answer
    },
  }
}

function address(id: string): string {
  return `/v1/holds/${encodeURIComponent(id)}`
}

export type Desk = ReturnType<typeof makeDesk>

/** Orders of one line each, each of a customer of their own, looked at. */
export async function putOrders(
  { context, store }: TestContext,
  { supplier, count, from = 0, more = () => ({}) }: PutOrders,
): Promise<string[]> {
  const numbers = Array.from({ length: count }, (_, i) => `${supplier}-${from + i}`)
  for (const [i, number] of numbers.entries()) {
    const line = { id: '1', supplier, code: 'I0', title: 'Thing', quantity: 1, told: '1. 3. 2030' }
    const customer = { email: `${number}@example.com` }
    const order = { number, placedAt: '2026-11-01T08:00:00Z', customer, lines: [line], ...more(i, line) }
    await store.orders.put(Order.parse(order), { single: true })
  }
  await lookAtOrders(context, numbers)
  return numbers
}
type Line = { id: string; supplier: string; code: string; title: string; quantity: number; told: string }
type PutOrders = { supplier: string; count: number; from?: number; more?: (i: number, line: Line) => object }
