import { SettingsError } from '#core/process/settings.ts'
import { putDemoOrders } from './demo/shop.ts'
import { makeHealth, type Health } from './health.ts'
import { endOrphans } from './orphans.ts'
import { chromiumToCome, type Plan } from './plan.ts'
import { daemonRuns } from './pm2.ts'
import { demandFreePorts } from './plan-ports.ts'
import { demandReachable } from './reachable.ts'
import { runningBroker, startBroker, stopBroker } from './servers/broker.ts'
import { startStore } from './servers/store.ts'
import { ensureParts } from './setup/parts.ts'
import { since, type Say } from './setup/say.ts'
import { startProcesses, waitFor } from './start-processes.ts'
import { supplierProblems } from './supplier-problems.ts'

type Up = {
  plan: Plan
  say: Say
  /** Throws when the start is to end; asked between steps. */
  goOn: () => void
}

/** Brings everything up in order; whatever runs already is left as it is. */
export async function bringUp({ plan: wanted, say, goOn }: Up): Promise<void> {
  const plan = await checked(wanted, say)
  goOn()
  await clearLeftovers(plan)
  await demandFreePorts(plan)
  const started = performance.now()
  await Promise.all([startServers(plan), startProcesses(plan, plan.demo)])
  const up = [...serversOf(plan), ...plan.demo.map(({ name }) => name)]
  if (up.length > 0) say.line(`${up.join(', ')}: up (${since(started)})`)
  goOn()
  await startOurs({ plan, say, goOn })
}

async function startOurs({ plan, say, goOn }: Up): Promise<void> {
  const started = performance.now()
  await startProcesses(plan, plan.ours)
  const health = makeHealth({ api: plan.addresses.api, key: plan.environment['API_KEY'] ?? '' })
  await waitFor(plan, { what: 'the API to be ready', seconds: 60, question: health.isReady, goOn })
  say.line(`${plan.ours.map(({ name }) => name).join(', ')}: ready (${since(started)})`)
  if (plan.demoSupplier) await fillDemo({ plan, say, goOn }, health)
}

/** The demo's orders, and the first reading of its supplier, so that there is something to see. */
async function fillDemo({ plan, say, goOn }: Up, health: Health): Promise<void> {
  const started = performance.now()
  const { api, portal } = plan.addresses
  const put = await putDemoOrders({ api, portal, key: plan.environment['API_KEY'] ?? '' })
  const wasRead = makeWasRead(health)
  await waitFor(plan, { what: 'the first accepted run of supplier demo', seconds: 120, question: wasRead, goOn })
  say.line(`demo: ${put > 0 ? `${put} orders put` : 'orders are there'}, supplier read (${since(started)})`)
}

/** A new supplier is read by itself; where that does not begin soon (its last run failed, say), we ask for a run. */
function makeWasRead(health: Health): () => Promise<boolean> {
  const begun = performance.now()
  let asked = false
  return async () => {
    if (await health.wasRead('demo')) return true
    if (!asked && performance.now() - begun > 2000 && !(await health.isBeingRead('demo'))) {
      asked = true
      await health.askForRun('demo')
    }
    return false
  }
}

/** Asks the scraper about suppliers while parts are looked for; what is wrong with either is told at once. */
async function checked(wanted: Plan, say: Say): Promise<Plan> {
  const [suppliers, parts] = await Promise.allSettled([demandSuppliers(wanted), withParts(wanted, say)])
  if (suppliers.status === 'fulfilled' && parts.status === 'fulfilled') return parts.value
  const reasons = [suppliers, parts].flatMap((part) => (part.status === 'rejected' ? [part.reason as Error] : []))
  throw reasons.length === 1 ? reasons[0] : new Error(reasons.map(({ message }) => message).join('\n'))
}

async function demandSuppliers({ environment }: Plan): Promise<void> {
  const problems = await supplierProblems(environment)
  if (problems.length > 0) throw new SettingsError(problems)
}

/** Broker, store and browser: given, found or installed. */
async function withParts(plan: Plan, say: Say): Promise<Plan> {
  const { AMQP_URL, MONGODB_URL, CHROMIUM_PATH } = plan.environment
  const given = {
    ...(plan.embedded.broker ? {} : { AMQP_URL }),
    ...(plan.embedded.store ? {} : { MONGODB_URL }),
  }
  const chromium = CHROMIUM_PATH === chromiumToCome ? undefined : CHROMIUM_PATH
  const parts = await ensureParts({ amqpUrl: given.AMQP_URL, mongodbUrl: given.MONGODB_URL, chromium }, say)
  await demandReachable(given)
  return { ...plan, environment: { ...plan.environment, CHROMIUM_PATH: parts.chromium } }
}

/** What a kill or a power cut left half alive would hold ports: processes without PM2, a name service without broker. */
async function clearLeftovers({ places }: Plan): Promise<void> {
  if (!daemonRuns(places)) await endOrphans(places)
  if (!runningBroker({ folder: places.broker })) await stopBroker({ folder: places.broker })
}

async function startServers({ places, settings, embedded }: Plan): Promise<void> {
  const ports = { port: settings.BROKER_PORT, distPort: settings.BROKER_DIST_PORT, epmdPort: settings.BROKER_EPMD_PORT }
  await Promise.all([
    embedded.broker ? startBroker({ folder: places.broker, ...ports }) : undefined,
    embedded.store ? startStore({ folder: places.store, port: settings.STORE_PORT }) : undefined,
  ])
}

function serversOf({ embedded }: Plan): string[] {
  return [...(embedded.broker ? ['RabbitMQ'] : []), ...(embedded.store ? ['MongoDB'] : [])]
}
