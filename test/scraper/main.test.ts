import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Broker } from '#core/broker/broker.ts'
import { openBroker } from '#core/broker/broker.ts'
import type { Incoming } from '#core/broker/consume.ts'
import { done } from '#core/broker/consume.ts'
import { SupplierId } from '#core/domain/ids.ts'
import { account } from '#infra/demo/portal/account.ts'
import type { ServedPortal } from '#infra/demo/portal/app.ts'
import { servePortal } from '#infra/demo/portal/app.ts'
import { startChild } from '#test/support/child.ts'
import { openCorner } from '#test/support/servers.ts'
import { until } from '#test/support/until.ts'
import { chromiumPath } from './a-browser.ts'
import { makeLog } from './a-run.ts'

const supplier = SupplierId.parse('demo')
const heard: Incoming[] = []
let corner: Awaited<ReturnType<typeof openCorner>>
let portal: ServedPortal
let broker: Broker
let environment: Record<string, string>

before(async () => {
  corner = await openCorner()
  portal = await servePortal({ port: 0 })
  broker = await openBroker({ url: corner.amqpUrl, namespace: corner.namespace, name: 'test', log: makeLog() })
  for (const queue of ['notifier.suppliers', 'notifier.runs'] as const) {
    await broker.consume({
      queue,
      prefetch: 20,
      handle: async (message) => {
        heard.push(message)
        return done
      },
    })
  }
  environment = {
    AMQP_URL: corner.amqpUrl,
    AMQP_NAMESPACE: corner.namespace,
    SUPPLIERS_DIR: 'test/flow/suppliers-daily',
    CHROMIUM_PATH: chromiumPath(),
    SUPPLIER_DEMO_USERNAME: account.username,
    SUPPLIER_DEMO_PASSWORD: account.password,
    SUPPLIER_DEMO_ADDRESS: portal.url,
  }
})
after(async () => {
  await broker[Symbol.asyncDispose]()
  await portal.close()
  await corner.stop()
})

async function requestRun(run: string): Promise<void> {
  const body = { v: 1 as const, supplier, run, number: 1, secondsAllowed: 60, why: 'person' as const }
  await broker.publish('run.requested', { body, id: run, supplier, expiresInSeconds: 60 })
}

function finishedOf(run: string) {
  return until(`the end of ${run}`, () => {
    const finished = heard.find(({ type, body }) => type === 'run.finished' && body.run === run)
    return finished?.type === 'run.finished' && finished.body
  })
}

function signingIn(run: string) {
  return until(`${run} to sign in`, () =>
    heard.find(({ type, body }) => type === 'run.progress' && body.run === run && body.step === 'signing-in'),
  )
}

test('the scraper declares and proposes, reads what is requested, and answers what it cannot end', async () => {
  const first = await startChild('scraper/main.ts', environment)
  await until('the declaration', () => heard.some(({ type }) => type === 'supplier.declared'))
  const due = await until('a proposal', () => heard.find(({ type }) => type === 'run.due'))
  assert.match(due.id, /^demo-\d{8}T\d{4}Z$/)

  await requestRun('demo-20261121T080000Z-aaaa')
  const whole = await finishedOf('demo-20261121T080000Z-aaaa')
  assert.ok(whole.outcome === 'whole' && whole.rows === 200, JSON.stringify(whole))

  portal.faultSwitch.name = 'slow'
  await requestRun('demo-20261121T080100Z-bbbb')
  await until('the run to begin', () => heard.find(({ id }) => id === 'demo-20261121T080100Z-bbbb/progress/1'))
  first.kill('SIGINT')
  assert.equal(await first.ended, '0')
  const stopped = await finishedOf('demo-20261121T080100Z-bbbb')
  assert.ok(stopped.outcome === 'failed' && stopped.failure === 'interrupted')
  assert.match(first.log(), /demo-20261121T080000Z-aaaa: whole, 200 rows/)
  assert.doesNotMatch(first.log(), /tajne-heslo/)
})

test('a run whose scraper was killed is answered as interrupted by the next, and not read again', async () => {
  portal.faultSwitch.name = null
  const run = 'demo-20261121T080200Z-cccc'
  const killed = await startChild('scraper/main.ts', environment)
  await requestRun(run)
  await signingIn(run)
  killed.kill('SIGKILL')
  await killed.ended
  const { attempts } = portal.logins
  const next = await startChild('scraper/main.ts', environment)
  const finished = await finishedOf(run)
  assert.ok(finished.outcome === 'failed' && finished.failure === 'interrupted', JSON.stringify(finished))
  assert.ok(portal.logins.attempts - attempts <= 1, 'nobody signs in for it again')
  await next.stop()
})
