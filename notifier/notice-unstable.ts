import { isUnstable, unstableAfterMs } from '#core/domain/pending.ts'
import type { Context } from './context.ts'

/** An item whose value has not stood still for a day is told once, for as long as it goes on. For the sweep. */
export async function noticeUnstable({ store, incidents, now }: Context): Promise<void> {
  const before = new Date(now().getTime() - unstableAfterMs)
  const told = (await store.incidents.openOnes())
    .filter(({ kind }) => kind === 'unstable')
    .map(({ subject }) => subject)
  const read = (await store.suppliers.list()).filter(({ paused }) => !paused?.retired)
  const suppliers = new Map(read.map(({ id, declaration }) => [id, declaration]))
  for await (const items of store.items.pending(before)) {
    for (const item of items) {
      const declaration = suppliers.get(item.supplier)
      if (declaration === undefined || !isUnstable(item, declaration, now()) || told.includes(item.id)) continue
      const words = `no two runs in a row have read the same of it since ${item.pending?.since.toISOString()}`
      const hint = 'Compare the item with the portal; a supplier that changes its mind all day may want confirm: none'
      await incidents.open({ kind: 'unstable', subject: item.id, words, hint })
    }
  }
  const known = await store.items.getMany(told)
  for (const id of told) if (known.get(id)?.pending === undefined) await incidents.close('unstable', id)
}
