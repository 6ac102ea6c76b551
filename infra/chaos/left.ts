import { openBroker } from '#core/broker/broker.ts'
import { makeLogger } from '#core/process/log.ts'
import type { Store } from '#core/store/store.ts'
import { until } from './until.ts'

/** What is still under way, in words; nothing where the world has come to rest. */
export async function unsettled(store: Store): Promise<string[]> {
  const suppliers = await store.suppliers.list()
  let unplanned = 0
  for (const { id } of suppliers) for await (const items of store.items.leftUnplanned(id)) unplanned += items.length
  const counts = {
    'runs under way': (await store.runs.allUnderWay()).length,
    'runs waiting': (await store.runs.allWaiting()).length,
    'suppliers whose run is being applied': suppliers.filter(({ applying }) => applying !== null).length,
    'suppliers paused': suppliers.filter(({ paused }) => paused !== null).length,
    'items not planned': unplanned,
    'notices due or sending': await store.notices.count('due', 'sending'),
    'notices failed or held': await store.notices.count('failed', 'held'),
    'notices ended that their order does not know of': (await store.notices.closing({ limit: 1_000 })).length,
    'orders not looked at': (await store.orders.toLook(1_000)).length,
  }
  return Object.entries(counts).flatMap(([what, number]) => (number > 0 ? [`${number} ${what}`] : []))
}

/** Nobody but a person, who asks the mail server, ever knows more of what was lost in the window. */
const staysOpen = ['window']

type Patience = { seconds: number; signal: AbortSignal }

/** Incidents that are open still after so long, though what they tell of is over. */
export async function openIncidents({ incidents }: Pick<Store, 'incidents'>, patience: Patience): Promise<string[]> {
  let open: string[] = []
  const areClosed = async () => {
    const found = (await incidents.openOnes()).filter(({ kind }) => !staysOpen.includes(kind))
    open = found.map(({ kind, subject, words }) => `incident ${kind} of ${subject} is open: ${words}`)
    return open.length === 0
  }
  await until('closed incidents', areClosed, patience).catch(() => false)
  return open
}

/** What is in the queues once all who read them have ended, so that nobody holds any of it. */
export async function leftInQueues(place: { url: string; namespace: string }): Promise<string[]> {
  const log = makeLogger({ name: 'chaos', format: 'text', level: 'silent' })
  await using broker = await openBroker({ ...place, name: 'chaos', log })
  return (await broker.parked.states()).flatMap(({ queue, waiting, parked }) => [
    ...(waiting > 0 ? [`${waiting} messages in ${queue}`] : []),
    ...(parked > 0 ? [`${parked} messages parked beside ${queue}`] : []),
  ])
}
