import type { Db } from 'mongodb'
import { MongoClient } from 'mongodb'
import { makeChanges } from './changes.ts'
import { makeEvidence } from './evidence.ts'
import { makeHolds } from './holds.ts'
import { makeIncidents } from './incidents.ts'
import { makeItems } from './items.ts'
import { makeLinks } from './links.ts'
import { makeNotices } from './notices.ts'
import { makeOrders } from './orders.ts'
import { makeParts } from './parts.ts'
import { makePeople } from './people.ts'
import { makePlannings } from './plannings.ts'
import { makeRuns } from './runs.ts'
import { makeShopSettings } from './shop-settings.ts'
import { makeRestored } from './restored.ts'
import { makeTellAgains } from './tell-agains.ts'
import { makeSuppliers } from './suppliers.ts'
import { makeUnsubscribe } from './unsubscribe.ts'

export type Store = Awaited<ReturnType<typeof openStore>>

export type StoreOptions = {
  url: string
  name: string
  /** How long a claim holds without a sign of life: the time after which another takes over from one that died. */
  leaseSeconds: number
}

/** Connects, and makes the indexes that are missing; every collection is a file of its own. */
export async function openStore({ url, name, leaseSeconds }: StoreOptions) {
  const client = new MongoClient(url, {
    appName: name,
    writeConcern: { w: 'majority', journal: true },
    readConcernLevel: 'majority',
    serverSelectionTimeoutMS: 10_000,
    socketTimeoutMS: 60_000,
    ignoreUndefined: true,
  })
  await client.connect()
  return {
    ...(await makeCollections(client.db(), leaseSeconds)),
    /** What time it is by the store's clock, which all claims go by. */
    async time(): Promise<Date> {
      const { localTime } = await client.db().command({ hello: 1 })
      return localTime as Date
    },
    /** Whether the store answers now; a store that is away makes this false within seconds. */
    async answers(): Promise<boolean> {
      return client
        .db()
        .command({ ping: 1 }, { timeoutMS: 2_000 })
        .then(
          () => true,
          () => false,
        )
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await client.close()
    },
  }
}

async function makeCollections(db: Db, leaseSeconds: number) {
  return {
    suppliers: await makeSuppliers(db, leaseSeconds),
    runs: await makeRuns(db),
    parts: await makeParts(db),
    items: await makeItems(db),
    changes: await makeChanges(db),
    orders: await makeOrders(db),
    links: await makeLinks(db),
    notices: await makeNotices(db, leaseSeconds),
    holds: await makeHolds(db),
    shopSettings: await makeShopSettings(db),
    incidents: await makeIncidents(db),
    evidence: await makeEvidence(db),
    people: makePeople(db),
    unsubscribe: makeUnsubscribe(db),
    tellAgains: makeTellAgains(db),
    restored: makeRestored(db),
    plannings: makePlannings(db),
  }
}
