import type { Context } from './context.ts'

/** A notice is suppressed as long as its reason: where a person freed the address, all that waited for it is due. */
export async function freeAddresses({ store, wakeSender }: Context): Promise<void> {
  for await (const page of store.notices.suppressed()) {
    const orders = await store.orders.getMany(page.map(({ order }) => order))
    const emails = new Map(orders.map(({ number, shop }) => [number, shop.customer.email]))
    const { suppressed } = await store.people.among([...new Set(emails.values())])
    const free = page.filter(({ order }) => !suppressed.has(emails.get(order) ?? '')).map(({ id }) => id)
    if (free.length === 0) continue
    await store.notices.freeSuppressed(free)
    wakeSender()
  }
}
