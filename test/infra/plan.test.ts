import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { SettingsError } from '#core/process/settings.ts'
import { demoProcesses } from '#infra/demo/processes.ts'
import { ecosystem } from '#infra/ecosystem.ts'
import { readEnvironment, unknownNames } from '#infra/environment.ts'
import { placesIn, root } from '#infra/places.ts'
import { knownNames, makePlan } from '#infra/plan.ts'
import { appOf, processes } from '#infra/processes.ts'

const folder = mkdtempSync(join(tmpdir(), 'avizo-plan-'))
const VAR_DIR = join(folder, 'var')
const shop = {
  VAR_DIR,
  MODE: 'shop',
  AMQP_URL: 'amqp://guest:guest@127.0.0.1:5672',
  MONGODB_URL: 'mongodb://127.0.0.1:27017/avizo',
  SMTP_URL: 'smtp://user:secret@mail.shop.example:587',
  MAIL_FROM: 'Shop <info@shop.example>',
  ADMIN_EMAIL: 'admin@shop.example',
  API_KEY: 'a-key-of-more-than-twenty',
}
after(() => rmSync(folder, { recursive: true, force: true }))

test('a shop without settings is told all that it lacks at once, by name', () => {
  const names = problemsOf({ MODE: 'shop', VAR_DIR, API_PORT: 'http' }).map((problem) => problem.split(':')[0])
  const needed = ['ADMIN_EMAIL', 'AMQP_URL', 'API_KEY', 'API_PORT', 'MAIL_FROM', 'MONGODB_URL', 'SMTP_URL']
  assert.deepEqual(new Set(names), new Set(needed))
})

test('a mode that does not exist is told alone: what else is needed depends on it', () => {
  assert.match(problemsOf({ MODE: 'nope', VAR_DIR, API_PORT: 'http' }).join('\n'), /^MODE: .+$/)
})

test('a shop runs on the servers that it names, with nothing of the demo', () => {
  const plan = makePlan(shop)
  assert.deepEqual(plan.embedded, { broker: false, store: false })
  assert.deepEqual(plan.demo, [])
  assert.equal(plan.demoSupplier, false)
  assert.equal(plan.environment['SUPPLIERS_DIR'], undefined)
})

test('the demo needs no settings, and makes a key that only its owner reads', () => {
  const plan = makePlan({ VAR_DIR })
  assert.deepEqual(plan.embedded, { broker: true, store: true })
  assert.ok(plan.demoSupplier)
  assert.equal(statSync(plan.places.demoKey).mode & 0o777, 0o600)
  const key = readFileSync(plan.places.demoKey, 'utf8').trim()
  assert.ok(key.length >= 20)
  assert.equal(makePlan({ VAR_DIR }).environment['API_KEY'], key)
})

test('in the demo a mail server off loopback is refused', () => {
  assert.match(problemsOf({ VAR_DIR, SMTP_URL: 'smtp://mail.shop.example' }).join(), /^SMTP_URL: /)
  assert.match(problemsOf({ VAR_DIR, SMTP_URL: 'smtp://127.0.0.1.evil.example' }).join(), /^SMTP_URL: /)
  assert.ok(makePlan({ VAR_DIR, SMTP_URL: 'smtp://localhost:2525' }))
})

test('the ports of the demo’s parts are followed by all who must know them', () => {
  const { environment, addresses } = makePlan({
    VAR_DIR,
    PORTAL_PORT: '4200',
    MAILBOX_SMTP_PORT: '1125',
    STORE_PORT: '27200',
  })
  assert.equal(environment['SUPPLIER_DEMO_ADDRESS'], 'http://127.0.0.1:4200')
  assert.equal(environment['SMTP_URL'], 'smtp://127.0.0.1:1125')
  assert.match(environment['MONGODB_URL'] ?? '', /127\.0\.0\.1:27200\/avizo/)
  assert.equal(addresses.portal, 'http://127.0.0.1:4200')
})

test('each process sees the variables of its own schema, the scraper its suppliers’ too, and nothing else', () => {
  const environment = { ...shop, SUPPLIER_ACME_PASSWORD: 'secret', OTHER: 'x', PATH: '/bin', TZ: 'Asia/Tokyo' }
  const seen = Object.fromEntries(processes.map((process) => [process.name, variablesOf(process, environment)]))
  const ofAll = ['LANG', 'NODE_COMPILE_CACHE', 'PATH']
  assert.deepEqual(seen, {
    scraper: [...ofAll, 'AMQP_URL', 'SUPPLIER_ACME_PASSWORD'].sort(),
    notifier: [...ofAll, 'ADMIN_EMAIL', 'AMQP_URL', 'MAIL_FROM', 'MODE', 'MONGODB_URL', 'SMTP_URL'].sort(),
    api: [...ofAll, 'AMQP_URL', 'API_KEY', 'MONGODB_URL'].sort(),
  })
  for (const process of [...processes, ...demoProcesses]) {
    assert.ok(
      !('args' in appOf(process, environment, placesIn(VAR_DIR))),
      'arguments are seen by every user of the machine',
    )
  }
})

test('a deployment by PM2 is told of wrong settings before anything starts', () => {
  assert.throws(() => ecosystem(processes, { MODE: 'shop', VAR_DIR }), SettingsError)
})

test('what stands in the environment goes before .env, and an empty variable is not given', () => {
  const file = join(folder, '.env')
  writeFileSync(file, 'API_PORT=4000\nLOG_LEVEL=debug\nSMPT_URL=smtp://x\nSUPPLIER_ACME_PASSWORD="a b"\n')
  const environment = readEnvironment(file, { API_PORT: '5000', LOG_LEVEL: '' })
  assert.deepEqual(
    { ...environment },
    { API_PORT: '5000', LOG_LEVEL: 'debug', SMPT_URL: 'smtp://x', SUPPLIER_ACME_PASSWORD: 'a b' },
  )
  assert.deepEqual(unknownNames(knownNames(), file), ['SMPT_URL'])
})

test('.env.example explains every setting, and only settings that there are', () => {
  const text = readFileSync(join(root, '.env.example'), 'utf8')
  const named = [...text.matchAll(/^#([A-Z][A-Z_]+)=/gm)].map(([, name = '']) => name)
  const settings = named.filter((name) => !name.startsWith('SUPPLIER_'))
  assert.deepEqual(settings.sort(), [...knownNames()].sort())
})

function variablesOf(process: (typeof processes)[number], environment: Record<string, string>): string[] {
  return Object.keys(appOf(process, environment, placesIn(VAR_DIR)).env).sort()
}

function problemsOf(environment: Record<string, string>): string[] {
  try {
    makePlan(environment)
  } catch (error) {
    assert.ok(error instanceof SettingsError)
    return error.problems
  }
  return assert.fail('the settings were taken')
}
