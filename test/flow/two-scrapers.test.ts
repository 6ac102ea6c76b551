import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import type { Broker } from '#core/broker/broker.ts'
import { openBroker } from '#core/broker/broker.ts'
import { runIdOfMoment, runIdOfTick, SupplierId } from '#core/domain/ids.ts'
import { makeLogger } from '#core/process/log.ts'
import type { Run } from '#core/store/runs.ts'
import type { Store } from '#core/store/store.ts'
import { openStore } from '#core/store/store.ts'
import { account } from '#infra/demo/portal/account.ts'
import type { ServedPortal } from '#infra/demo/portal/app.ts'
import { servePortal } from '#infra/demo/portal/app.ts'
import { profilesFolder } from '#scraper/orphans.ts'
import type { Child } from '#test/support/child.ts'
import { startChild } from '#test/support/child.ts'
import { openCorner } from '#test/support/servers.ts'
import { until } from '#test/support/until.ts'
import { chromiumPath } from '#test/scraper/a-browser.ts'
import type { Gate, Load } from './gate.ts'
import { openGate } from './gate.ts'

/** Each scraper with its own way into the portal stands for one on its own machine. */
type Machine = { gate: Gate; process: Child }

const supplier = SupplierId.parse('demo')
const secondPage = ({ path }: Load) => path.includes('strana=2')
const submit = ({ method, path }: Load) => method === 'POST' && path.startsWith('/prihlaseni')
const stack = new AsyncDisposableStack()
const machines: Machine[] = []
let store: Store
let broker: Broker
let portal: ServedPortal
let scraperEnv: Record<string, string>

before(async () => {
  const corner = await openCorner()
  stack.defer(() => corner.stop())
  portal = await servePortal({ port: 0 })
  stack.defer(() => portal.close())
  const { amqpUrl, namespace, mongodbUrl } = corner
  const log = makeLogger({ name: 'test', format: 'json', level: 'fatal' })
  store = stack.use(await openStore({ url: mongodbUrl, name: 'test', leaseSeconds: 2 }))
  broker = stack.use(await openBroker({ url: amqpUrl, namespace, name: 'test', log }))
  const shared = { AMQP_URL: amqpUrl, AMQP_NAMESPACE: namespace }
  scraperEnv = {
    ...shared,
    SUPPLIERS_DIR: 'test/flow/suppliers-daily',
    CHROMIUM_PATH: chromiumPath(),
    SUPPLIER_DEMO_USERNAME: account.username,
    SUPPLIER_DEMO_PASSWORD: account.password,
  }
  const notifier = await startChild('notifier/main.ts', {
    ...shared,
    MODE: 'demo',
    MONGODB_URL: mongodbUrl,
    // Nobody ordered anything, so nobody is mailed.
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'Test <test@example.com>',
    ADMIN_EMAIL: 'admin@example.com',
    SWEEP_SECONDS: '1',
  })
  stack.defer(() => notifier.stop())
  stack.defer(async () => {
    await Promise.all(machines.map(({ process: scraper }) => scraper.stop()))
    await Promise.all(machines.map(({ gate }) => gate.close()))
  })
})
after(() => stack.disposeAsync())

async function startMachine(hold: Parameters<Gate['hold']>[0] = null): Promise<Machine> {
  const gate = await openGate(portal.url)
  gate.hold(hold)
  const scraper = await startChild('scraper/main.ts', { ...scraperEnv, SUPPLIER_DEMO_ADDRESS: gate.url })
  const machine = { gate, process: scraper }
  machines.push(machine)
  return machine
}

/** The machine whose robot waits for an answer that does not come, and the others. */
async function hanging(among: Machine[], what: (load: Load) => boolean): Promise<[Machine, Machine[]]> {
  const found = await until(
    'a robot that hangs',
    () => among.find(({ gate }) => gate.loads.some((load) => what(load) && load.end === undefined)),
    90,
  )
  return [found, among.filter((machine) => machine !== found)]
}

async function kill({ process: scraper }: Machine): Promise<number> {
  scraper.kill('SIGKILL')
  await scraper.ended
  return performance.now()
}

async function ask(): Promise<string> {
  const random = Math.random().toString(36).slice(2, 6).padEnd(4, '0')
  const run = await store.runs.propose({ id: runIdOfMoment(supplier, new Date(), random), supplier, why: 'person' })
  const body = { v: 1 as const, supplier, run: run.id, why: 'person' as const }
  await broker.publish('run.due', { body, id: `${run.id}/due`, supplier })
  return run.id
}

function ended(id: string): Promise<Run> {
  return until(
    `the end of ${id}`,
    async () => {
      const run = await store.runs.get(id)
      return run?.endedAt === undefined ? null : run
    },
    90,
  )
}

const runs = async (): Promise<Run[]> => (await store.runs.page({ supplier, limit: 100 })).toReversed()
const requested = async () => (await runs()).filter(({ number }) => number !== undefined)
const submits = () => machines.flatMap(({ gate }) => gate.loads.filter(submit))

test(
  'kill -9 in the middle of a run: within a minute the survivor has taken its tick over, and nobody else has',
  { timeout: 400_000 },
  async () => {
    const both = await Promise.all([startMachine(secondPage), startMachine(secondPage)])
    const [killed, [survivor]] = await hanging(both, secondPage)
    assert.ok(survivor)
    assert.equal((await runs()).length, 1, 'all ticks that were ever missed are one run, proposed by both')
    assert.deepEqual(survivor.gate.loads, [])
    survivor.gate.hold(null)
    const killedAt = await kill(killed)
    const first = await until('the survivor’s first page', () => survivor.gate.loads[0], 60)
    const tookOverMs = first.begin - killedAt
    console.log(`# taken over after ${(tookOverMs / 1000).toFixed(1)} s`)
    assert.ok(tookOverMs > 0 && tookOverMs < 60_000)
    const [interrupted, again] = await until(
      'its end',
      async () => {
        const list = await runs()
        return list[1]?.endedAt === undefined ? null : list
      },
      60,
    )
    assert.deepEqual([interrupted?.state, interrupted?.failure], ['failed', 'interrupted'])
    assert.equal(again?.state, 'accepted', again?.reasons.join())
    assert.deepEqual(again?.tick, interrupted?.tick)

    const next = await startMachine()
    const left = (await readdir(profilesFolder)).filter((name) => name.startsWith(`${killed.process.pid}-`))
    assert.deepEqual(left, [], 'the next start has cleared what the killed scraper left')
    assert.deepEqual(chromiumOf(killed.process.pid), [])
    assert.ok(next)
  },
)

test('two scrapers and many who ask: one run at a time, and one sign-in each', { timeout: 400_000 }, async () => {
  const begun = performance.now()
  for (let round = 0; round < 3; round++) {
    const ids = await Promise.all([ask(), ask(), ask()])
    for (const id of ids) assert.equal((await ended(id)).state, 'accepted')
  }
  const [one = [], two = []] = machines.slice(1).map(({ gate }) => gate.loads.filter(({ begin }) => begin > begun))
  for (const a of one) {
    const meanwhile = two.find((b) => b.begin < (a.end ?? Infinity) && a.begin < (b.end ?? Infinity))
    assert.equal(meanwhile, undefined, `${a.path} was loaded by one while the other loaded`)
  }
  const periods = (await requested()).sort((a, b) => (a.number ?? 0) - (b.number ?? 0))
  for (const [index, run] of periods.entries()) {
    const earlier = periods[index - 1]
    assert.ok(!earlier?.endedAt || !run.requestedAt || earlier.endedAt <= run.requestedAt, `${run.id} came too early`)
  }
  assert.ok(submits().length <= periods.length, 'credentials are submitted once a run')
})

test(
  'kill -9 in the middle of the sign-in, twice: the supplier waits for a person, and nobody signs in again (P8)',
  { timeout: 400_000 },
  async () => {
    const living = machines.slice(1)
    const known = submits().length
    for (const { gate } of living) gate.hold(submit)
    await ask()
    const [first, others] = await hanging(living, submit)
    await kill(first)
    assert.equal((await store.suppliers.get(supplier))?.paused, null, 'once may be an accident')
    await ask()
    const [second] = await hanging(others, submit)
    await kill(second)
    const third = await startMachine(submit)
    const { paused } = await until(
      'the pause',
      async () => {
        const stored = await store.suppliers.get(supplier)
        return stored?.paused ? stored : null
      },
      90,
    )
    assert.match(paused?.because ?? '', /two runs in a row submitted the sign-in/)
    const refused = await ended(await ask())
    assert.deepEqual([refused.state, refused.number], ['rejected', undefined])
    const tick = new Date(Math.floor(Date.now() / 60_000) * 60_000)
    await broker.publish('run.due', {
      body: { v: 1, supplier, run: runIdOfTick(supplier, tick), why: 'schedule', tick: tick.toISOString() },
      id: 'tick',
      supplier,
    })
    assert.equal((await ended(await ask())).state, 'rejected', 'what came before it was taken too')
    assert.deepEqual(third.gate.loads, [])
    assert.equal(submits().length - known, 2)
    assert.ok((await store.incidents.openOnes()).some(({ kind, subject }) => kind === 'paused' && subject === supplier))
  },
)

/** Pids of browsers that run on a profile of this scraper. */
function chromiumOf(pid: number): string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(`${profilesFolder}/${pid}-`)
    } catch {
      return false
    }
  })
}
