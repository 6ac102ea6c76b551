import { itemId } from '#core/domain/ids.ts'
import type { Item } from '#core/domain/item.ts'
import type { Observation } from '#core/domain/messages.ts'
import type { Store } from '#core/store/store.ts'
import { saysNothing } from './read-observation.ts'

export type Met = { observation: Observation; existing: Item | undefined }

/**
 * Observations that may say something new, with their items; the others cost a comparison of texts. Tells how many of
 * these others cannot be read.
 */
export async function meetItems(
  items: Pick<Store['items'], 'sights' | 'getMany'>,
  supplier: string,
  observations: Observation[],
): Promise<{ met: Met[]; unreadable: number }> {
  const ids = observations.map(({ code }) => itemId(supplier, code))
  const sights = await items.sights(ids)
  let unreadable = 0
  const telling = observations.filter((observation) => {
    const sight = sights.get(itemId(supplier, observation.code))
    if (sight === undefined || !saysNothing(observation, sight)) return true
    if (sight.marks.unreadable !== undefined) unreadable += 1
    return false
  })
  const stored = await items.getMany(telling.map(({ code }) => itemId(supplier, code)))
  const met = telling.map((observation) => ({ observation, existing: stored.get(itemId(supplier, observation.code)) }))
  return { met, unreadable }
}
