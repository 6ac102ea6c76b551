import { ensureBroker, type BrokerFound } from './broker.ts'
import { ensureChromium } from './chromium.ts'
import { adviceFor, PartMissing } from './part-missing.ts'
import { makeSay, type Say } from './say.ts'
import { ensureStore, type StoreFound } from './store.ts'

type Given = { amqpUrl?: string | undefined; mongodbUrl?: string | undefined; chromium?: string | undefined }
export type Parts = { broker: BrokerFound; store: StoreFound; chromium: string }

/** Broker, store and browser: found, or brought to this machine. All that is missing is told in one message. */
export async function ensureParts(given: Given = {}, say: Say = makeSay()): Promise<Parts> {
  const missing: PartMissing[] = []
  const broker = await orMissing(ensureBroker(say, given.amqpUrl), missing)
  const store = await orMissing(ensureStore(say, given.mongodbUrl), missing)
  const chromium = await orMissing(ensureChromium(say, given.chromium), missing)
  if (!broker || !store || !chromium) throw new Error(adviceFor(missing, !broker || !store))
  return { broker, store, chromium }
}

async function orMissing<T>(found: Promise<T>, missing: PartMissing[]): Promise<T | undefined> {
  try {
    return await found
  } catch (error) {
    if (!(error instanceof PartMissing)) throw error
    missing.push(error)
    return undefined
  }
}
