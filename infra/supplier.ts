import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { join, resolve } from 'node:path'
import { given, supplierVariables } from '#core/process/settings.ts'
import { settings as scraper } from '#scraper/settings.ts'
import { demoDefaults, demoSuppliers } from './demo/defaults.ts'
import { settings as portal } from './demo/portal/settings.ts'
import { readEnvironment, type Environment } from './environment.ts'
import { root } from './places.ts'
import { isForDemo, placesOf } from './settings.ts'
import { chromiumAt } from './setup/chromium.ts'
import { adviceFor, PartMissing } from './setup/part-missing.ts'
import { makeSay } from './setup/say.ts'

/** `npm run supplier`: hands over to the kit of the scraper, with the settings that it needs and no others. */
const withBrowser = ['try', 'save', 'check', 'replay']
/** What the kit takes of the scraper's settings: it talks to no broker. */
const ofTheScraper = scraper.pick({
  SUPPLIERS_DIR: true,
  CHROMIUM_PATH: true,
  SCRAPER_SESSION_KEY: true,
  SCRAPER_SESSIONS_DIR: true,
})
const besides = /^(VAR_DIR|PATH|HOME|LANG|TMPDIR|TERM|NO_COLOR|DISPLAY|XAUTHORITY|WAYLAND_DISPLAY|NODE_EXTRA_CA_CERTS)$/
/** Those that npm has no use for under these names. */
const options = ['visible', 'remember', 'replace', 'note', 'accept', 'marks', 'from', 'language', 'anchor', 'supplier']

try {
  process.chdir(root)
  process.exitCode = await handOver(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${error instanceof PartMissing ? adviceFor([error], false) : (error as Error).message}\n`)
  process.exitCode = 1
}

async function handOver(args: string[]): Promise<number> {
  const environment = withDemo(readEnvironment())
  demandOptions(args, environment)
  // The moods bring up a world of their own, as the tests do.
  if (args[0] === 'moods') return run(['test/moods/run.ts', ...args.slice(1)], environment)
  const chromium = needsBrowser(args) ? await chromiumAt(makeSay(), environment['CHROMIUM_PATH']) : undefined
  const folder = placesOf(environment)
  const env = {
    ...Object.fromEntries(Object.entries(environment).filter(([name]) => besides.test(name))),
    // A folder of data is not made for a command that only looks.
    ...(existsSync(folder.folder) && { NODE_COMPILE_CACHE: folder.compiled }),
    ...given(ofTheScraper, environment),
    ...supplierVariables(environment),
    ...(chromium && { CHROMIUM_PATH: chromium }),
  }
  return run(['scraper/kit/main.ts', ...args], env)
}

/** The demo's suppliers, unless others are given: they are read on the demo's own portal. */
function withDemo(environment: Environment): Environment {
  const { SUPPLIERS_DIR = demoSuppliers } = environment
  if (!isForDemo(environment) || resolve(root, SUPPLIERS_DIR) !== join(root, demoSuppliers)) return environment
  const portals = portal.safeParse(given(portal, environment)).data ?? portal.parse({})
  // Only what is the suppliers' is taken of it; key and mail server are nobody's business here.
  const demo = demoDefaults({ places: placesOf(environment), key: '', portals, smtpPort: 0 })
  return { ...supplierVariables(demo), SUPPLIERS_DIR, ...environment }
}

/** Options that stand before " -- " npm keeps for itself, and it shows them only in the environment. */
function demandOptions(args: string[], environment: Environment): void {
  const taken = options.filter((name) => environment[`npm_config_${name}`] && !args.includes(`--${name}`))
  if (taken.length === 0) return
  const named = taken.map((name) => `--${name}`).join(', ')
  throw new Error(
    `npm took ${named} for itself; write options behind " -- ": npm run supplier ${args[0] ?? ''} … -- ${named}`,
  )
}

function needsBrowser(args: string[]): boolean {
  return withBrowser.includes(args[0] ?? '') || (args[0] === 'new' && args.some((arg) => arg.startsWith('--from')))
}

/** Ends as the child ends; Ctrl-C reaches it by itself, and it closes its browser. */
async function run(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: 'inherit' })
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  return new Promise((done, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => done(code ?? 128 + constants.signals[signal ?? 'SIGTERM']))
  })
}
