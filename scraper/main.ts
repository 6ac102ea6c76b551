import { openBroker } from '#core/broker/broker.ts'
import { live } from '#core/process/life.ts'
import { makeLogger } from '#core/process/log.ts'
import { readSettings, supplierVariables } from '#core/process/settings.ts'
import { makeOpenBrowser } from './browser.ts'
import { startDeclaring } from './declare.ts'
import { Interrupted } from './failure.ts'
import type { Supplier } from './load-suppliers.ts'
import { loadSuppliers } from './load-suppliers.ts'
import { clearOrphans, profilesFolder } from './orphans.ts'
import { makeReadPortal } from './read-portal.ts'
import { startSchedule } from './schedule.ts'
import { makeSessions, wantsMemory } from './session-memory.ts'
import { settings } from './settings.ts'

const given = readSettings(settings)
const log = makeLogger({ name: 'scraper', format: given.LOG_FORMAT, level: given.LOG_LEVEL })
await live(log, start)

async function start(stack: AsyncDisposableStack): Promise<void> {
  const suppliers = await loadSuppliers({ folder: given.SUPPLIERS_DIR, variables: supplierVariables() })
  const names = [...suppliers.keys()].join(', ') || 'none'
  log.info({ suppliers: suppliers.size }, `suppliers in ${given.SUPPLIERS_DIR}: ${names}`)
  sayWhoIsForgotten([...suppliers.values()])
  const orphans = await clearOrphans(profilesFolder)
  if (orphans > 0) log.info({ orphans }, `cleared ${orphans} browsers that a killed scraper left behind`)

  const broker = await openBroker({ url: given.AMQP_URL, namespace: given.AMQP_NAMESPACE, name: 'avizo scraper', log })
  stack.use(broker)
  const { publish } = broker
  const declaring = stack.use(startDeclaring({ suppliers, publish, log }))
  const schedule = stack.use(startSchedule({ suppliers, publish, log, now: () => new Date() }))
  broker.onConnected(() => void declaring.declareAll().then(() => schedule.proposeAll()))

  const stopping = new AbortController()
  const openBrowser = makeOpenBrowser({ executablePath: given.CHROMIUM_PATH, profiles: profilesFolder })
  const sessionOf = makeSessions({ folder: given.SCRAPER_SESSIONS_DIR, key: given.SCRAPER_SESSION_KEY, log })
  const handle = makeReadPortal({ suppliers, openBrowser, stopping: stopping.signal, sessionOf, log })
  stack.defer(() => stopping.abort(new Interrupted('the scraper was stopped')))
  await broker.consume({ queue: 'scraper.runs', prefetch: given.SCRAPER_PARALLEL_RUNS, handle })
}

function sayWhoIsForgotten(suppliers: Supplier[]): void {
  const wanting = suppliers.filter(wantsMemory).map(({ id }) => id)
  if (given.SCRAPER_SESSION_KEY !== undefined || wanting.length === 0) return
  log.info({ suppliers: wanting }, `no session is remembered without SCRAPER_SESSION_KEY: ${wanting.join(', ')}`)
}
