import type { Context } from './context.ts'
import { planEach } from './plan-each.ts'

/** A change, an order or a notice without its outcome after this long is somebody's defect, or somebody stopped it. */
const lateAfterSeconds = 900

/**
 * P4: whatever an accepted run changed has its outcome within a bounded time. What can be put right is; what is late all
 * the same is an incident, as long as it stands.
 */
export async function checkOutcomes(context: Context): Promise<void> {
  const { incidents } = context
  await planLeft(context)
  const late = [...(await lateNotices(context)), ...(await lateLooks(context))]
  if (late.length === 0) return incidents.recovered('late', 'notices')
  const hint =
    'Look at npm run avizo -- sending, at the open incidents, and at the log of the notifier around that time'
  await incidents.open({ kind: 'late', subject: 'notices', words: late.join('; '), hint })
}

/** Items whose run was applied to the end, and which nobody planned all the same. */
async function planLeft({ store, ...rest }: Context): Promise<void> {
  for (const { id, lastAccepted, applying } of await store.suppliers.list()) {
    if (lastAccepted === null || applying !== null) continue
    for await (const left of store.items.leftUnplanned(id, lastAccepted.number)) {
      rest.log.warn({ supplier: id }, `${id}: ${left.length} items were left unplanned; they are planned now`)
      await planEach({ store, ...rest }, await store.orders.withItems(left.map((item) => item.id)))
      for (const item of left) await store.items.clearUnplanned([item.id], item.run)
    }
  }
}

/** While a person holds sending back, or a mail server is away, what waits has its outcome: it is told elsewhere. */
async function lateNotices({ store }: Context): Promise<string[]> {
  if ((await store.shopSettings.sendingMode('hold')) !== 'live') return []
  const waitsElsewhere = ['mail-server', 'mail-limit']
  if ((await store.incidents.openOnes()).some(({ kind }) => waitsElsewhere.includes(kind))) return []
  const { count, oldest } = await store.notices.lateOnes(lateAfterSeconds)
  return count === 0 ? [] : [`${count} notices should have gone a quarter of an hour ago, the oldest is ${oldest}`]
}

async function lateLooks({ store }: Context): Promise<string[]> {
  const count = await store.orders.lateToLook(lateAfterSeconds)
  return count === 0 ? [] : [`${count} orders were put a quarter of an hour ago, and nobody has looked at them`]
}
