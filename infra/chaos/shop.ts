import { setTimeout as wait } from 'node:timers/promises'
import PQueue from 'p-queue'
import { z } from 'zod'
import type { ScriptOrder } from './orders.ts'
import { bodyOf } from './orders.ts'

const NoticeSeen = z.object({
  id: z.string(),
  state: z.string(),
  messageId: z.string().nullable(),
  window: z.boolean(),
  reason: z.string().nullable(),
  text: z.string().nullable(),
})
const OrderSeen = z.object({ number: z.string(), notices: z.array(NoticeSeen) })
const RunSeen = z.object({
  supplier: z.string(),
  number: z.number().nullable(),
  state: z.string(),
  requestedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
})
const SupplierSeen = z.object({ id: z.string(), paused: z.unknown() })
export type NoticeSeen = z.infer<typeof NoticeSeen>
export type OrderSeen = z.infer<typeof OrderSeen>
export type RunSeen = z.infer<typeof RunSeen>
export type Shop = ReturnType<typeof makeShop>

/** The shop, and the person at its desk: they know the API only, and try again while it does not answer. */
export function makeShop({ url, key, signal }: { url: string; key: string; signal: AbortSignal }) {
  async function ask(method: string, path: string, body?: object): Promise<Response> {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const answer = await fetch(`${url}${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(15_000)]),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer
  }

  async function persist(method: string, path: string, body?: object): Promise<unknown> {
    for (let tries = 1; ; tries++) {
      try {
        return await (await ask(method, path, body)).json()
      } catch (error) {
        signal.throwIfAborted()
        if (tries === 300) throw error
        await wait(200 + Math.min(tries, 10) * 50)
      }
    }
  }

  async function all<T>(path: string, schema: z.ZodType<T>): Promise<T[]> {
    const page = z.object({ items: z.array(schema), next: z.string().nullish() })
    const found: T[] = []
    let next: string | null | undefined
    do {
      const cursor = next ? `&cursor=${encodeURIComponent(next)}` : ''
      const read = page.parse(await persist('GET', `${path}${path.includes('?') ? '&' : '?'}limit=100${cursor}`))
      found.push(...read.items)
      next = read.next
    } while (next)
    return found
  }

  return {
    async put(orders: ScriptOrder[]): Promise<void> {
      const queue = new PQueue({ concurrency: 6 })
      await queue.addAll(orders.map((order) => () => persist('PUT', `/v1/orders/${order.number}`, bodyOf(order))))
    },
    askForRun: async (supplier: string) => void (await ask('POST', `/v1/suppliers/${supplier}/runs`)),
    /** Who was paused for a sign-in is looked at by a person, who lets it go on. */
    async resumePaused(): Promise<void> {
      const list = z.object({ items: z.array(SupplierSeen) }).parse(await (await ask('GET', '/v1/suppliers')).json())
      for (const { id, paused } of list.items) if (paused) await ask('POST', `/v1/suppliers/${id}/resume`)
    },
    orders: () => all('/v1/orders', OrderSeen),
    runs: () => all('/v1/runs', RunSeen),
  }
}
