import { settings as api } from '#api/settings.ts'
import { SettingsError, given, settingsProblems } from '#core/process/settings.ts'
import { urlOf } from '#infra/servers/store.ts'
import { demoDefaults, demoSuppliers, mailServerProblem, type PortalPorts } from './demo/defaults.ts'
import { demoKey } from './demo/key.ts'
import { settings as mailbox } from './demo/mailbox/settings.ts'
import { settings as portal } from './demo/portal/settings.ts'
import { demoProcesses } from './demo/processes.ts'
import type { Environment } from './environment.ts'
import { placesIn } from './places.ts'
import { processes, type Process } from './processes.ts'
import { isForDemo, settings as infra, type Settings } from './settings.ts'

/** All that a start is to bring up, decided before anything is started. */
export type Plan = {
  settings: Settings
  places: ReturnType<typeof placesIn>
  /** Every setting of every process, given or filled in. */
  environment: Environment
  ours: Process[]
  demo: Process[]
  /** Which servers are not given, so that ours are run. */
  embedded: { broker: boolean; store: boolean }
  addresses: Addresses
  /** Whether the demo's own supplier is among those that are read. */
  demoSupplier: boolean
}
type Addresses = { api: string; portal: string; mailbox: string; smtpPort: number; portals: PortalPorts }

// Found or installed only after the settings are known to be right.
export const chromiumToCome = 'to be found'

/** Checks the settings of everything at once, and fills in what the demo brings along (its key is made here). */
export function makePlan(environment: Environment): Plan {
  // What else is needed depends on the mode: where that is wrong, anything more would mislead.
  const wrongMode = settingsProblems(infra.pick({ MODE: true }), environment)
  if (wrongMode.length > 0) throw new SettingsError(wrongMode)
  const isDemo = isForDemo(environment)
  const complete = withDefaults(environment)
  const demo = isDemo ? demoProcesses : []
  const problems = allProblems(complete, [...processes, ...demo])
  if (isDemo && !problems.some((problem) => problem.startsWith('SMTP_URL'))) {
    problems.push(...mailServerProblem(environment['SMTP_URL']))
  }
  if (problems.length > 0) throw new SettingsError(problems)
  const settings = infra.parse(given(infra, complete))
  return {
    settings,
    places: placesIn(settings.VAR_DIR),
    environment: complete,
    ours: processes,
    demo,
    embedded: { broker: isDemo && !environment['AMQP_URL'], store: isDemo && !environment['MONGODB_URL'] },
    addresses: addressesOf(complete),
    demoSupplier: isDemo && complete['SUPPLIERS_DIR'] === demoSuppliers,
  }
}

/** The settings as given, with what the demo brings along where it is to be run. */
export function withDefaults(environment: Environment): Environment {
  return isForDemo(environment) ? withDemo(environment) : environment
}

/** Every name that any setting has. */
export function knownNames(): Set<string> {
  const schemas = [infra, ...[...processes, ...demoProcesses].map(({ settings }) => settings)]
  return new Set(schemas.flatMap((schema) => Object.keys(schema.shape)))
}

function addressesOf(environment: Environment): Addresses {
  const { API_PORT, API_HOST } = api.pick({ API_PORT: true, API_HOST: true }).parse(given(api, environment))
  const portals = portal.parse(given(portal, environment))
  const { MAILBOX_PORT, MAILBOX_SMTP_PORT } = mailbox.parse(given(mailbox, environment))
  const host = ['0.0.0.0', '::', 'localhost'].includes(API_HOST) ? '127.0.0.1' : API_HOST
  return {
    api: `http://${host}:${API_PORT}`,
    portal: `http://127.0.0.1:${portals.PORTAL_PORT}`,
    mailbox: `http://127.0.0.1:${MAILBOX_PORT}`,
    smtpPort: MAILBOX_SMTP_PORT,
    portals,
  }
}

/** Wrong ports are left to the check that names them; here they only must not stop us from reaching it. */
function withDemo(environment: Environment): Environment {
  const { BROKER_PORT, STORE_PORT, VAR_DIR } = infra.safeParse(given(infra, environment)).data ?? infra.parse({})
  const portals = portal.safeParse(given(portal, environment)).data ?? portal.parse({})
  const { MAILBOX_SMTP_PORT } = mailbox.safeParse(given(mailbox, environment)).data ?? mailbox.parse({})
  const places = placesIn(VAR_DIR)
  const key = demoKey(places.demoKey, environment['API_KEY'])
  return {
    MODE: 'demo',
    AMQP_URL: `amqp://guest:guest@127.0.0.1:${BROKER_PORT}`,
    MONGODB_URL: urlOf(STORE_PORT, 'avizo'),
    CHROMIUM_PATH: chromiumToCome,
    ...demoDefaults({ places, key, portals, smtpPort: MAILBOX_SMTP_PORT }),
    ...environment,
  }
}

function allProblems(environment: Environment, run: Process[]): string[] {
  const complete = { CHROMIUM_PATH: chromiumToCome, ...environment }
  const schemas = [infra, ...run.map(({ settings }) => settings)]
  return [...new Set(schemas.flatMap((schema) => settingsProblems(schema, complete)))]
}
