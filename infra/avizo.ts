import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { settings as api } from '#api/settings.ts'
import { readEnvironment, type Environment } from './environment.ts'
import { root } from './places.ts'
import { placesOf } from './settings.ts'
import { readStarted } from './started.ts'

/** `npm run avizo`: hands over to the client of the API, with the settings that it needs and no others. */
const besides = /^(PATH|HOME|LANG|TZ|TMPDIR|TERM|NO_COLOR|NODE_EXTRA_CA_CERTS)$/
const environment = readEnvironment()
const places = placesOf(environment)
const child = spawn(process.execPath, ['api/cli/main.ts', ...process.argv.slice(2)], {
  cwd: root,
  env: {
    ...Object.fromEntries(Object.entries(environment).filter(([name]) => besides.test(name))),
    ...access(environment),
  },
  stdio: 'inherit',
})
process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
child.once('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal ?? 'SIGTERM']))

/** Where the API is and what it asks for: as set, else as it was started here, else the demo's. */
function access({ AVIZO_API_URL, API_PORT, API_KEY }: Environment): Environment {
  const here =
    readStarted(places)?.addresses.api ?? `http://127.0.0.1:${API_PORT ?? api.shape.API_PORT.parse(undefined)}`
  return { AVIZO_API_URL: AVIZO_API_URL ?? here, API_KEY: API_KEY ?? demoKey() }
}

function demoKey(): string {
  try {
    return readFileSync(places.demoKey, 'utf8').trim()
  } catch {
    return ''
  }
}
