import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { createAdaptorServer } from '@hono/node-server'
import { makeApp } from '#api/app.ts'
import type { App } from '#api/given.ts'
import { grammarNumber } from '#core/domain/grammar/number.ts'
import { declaration, givenFor, key, makeClient, order, startOwnStore } from './world.ts'

let own: Awaited<ReturnType<typeof startOwnStore>>
let server: ReturnType<typeof createAdaptorServer>
let port: number
let app: App
const now = new Date('2026-11-22T12:00:00Z')

before(async () => {
  own = await startOwnStore()
  app = makeApp(givenFor(own.store, { clock: () => now }))
  server = createAdaptorServer({ fetch: app.fetch }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
  await own.store.suppliers.declare(declaration('demo'))
  await own.store.suppliers.declare(declaration('stopped'))
  await own.store.suppliers.pause('stopped', 'for the test')
  await own.store.suppliers.block('stopped', { times: 1, until: new Date('2026-11-22T12:30:00Z'), run: 'stopped-1' })
  await own.store.suppliers.declare(declaration('gone'))
  await own.store.suppliers.retire('gone', 'we buy elsewhere')
  const requestedAt = new Date('2026-11-22T11:59:00Z')
  await own.store.suppliers.claimApply(
    { id: 'demo-1', supplier: 'demo', number: 1, requestedAt, rows: 1, hash: 'h1', grammar: grammarNumber },
    'me',
  )
  const send = makeClient(app)
  await send('PUT', '/v1/orders/1', order('1'))
  await send('GET', '/v1/orders/unknown')
  await send('GET', '/wp-login.php')
})
after(async () => {
  server.close()
  await once(server, 'close')
  await own.close()
})

function metrics(headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}/metrics`, { headers: { connection: 'close', ...headers } })
}

test('from loopback the numbers need no key', async () => {
  const response = await metrics()
  assert.equal(response.status, 200)
  assert.match(response.headers.get('content-type') ?? '', /^text\/plain/)
  const text = await response.text()
  for (const line of [
    'avizo_last_accepted_run_age_seconds{supplier="demo"} 60',
    'avizo_supplier_paused{supplier="stopped"} 1',
    'avizo_supplier_stale{supplier="demo"} 0',
    'avizo_supplier_blocked{supplier="stopped"} 1',
    'avizo_notices{state="sent"} 0',
    'avizo_orders 1',
    'avizo_runs_waiting 0',
    'avizo_http_request_duration_seconds_count{method="PUT",route="/v1/orders/:number",status="201"} 1',
    'avizo_http_request_duration_seconds_count{method="GET",route="/v1/orders/:number",status="404"} 1',
    'avizo_http_request_duration_seconds_count{method="GET",route="unknown",status="404"} 1',
  ]) {
    assert.ok(text.includes(`${line}\n`), `${line} is not in\n${text}`)
  }
  assert.doesNotMatch(text, /wp-login/)
  assert.doesNotMatch(text, /supplier="gone"/, 'a retired supplier reminds nobody')
})

test('what a proxy on this machine hands on needs the key', async () => {
  for (const header of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via']) {
    const response = await metrics({ [header]: '127.0.0.1' })
    assert.equal(response.status, 401, header)
    await response.body?.cancel()
  }
  const headers = { 'x-forwarded-for': '192.0.2.1', authorization: `Bearer ${key}` }
  const response = await metrics(headers)
  assert.equal(response.status, 200)
  await response.body?.cancel()
})

test('from another address they need the key', async () => {
  const env = { incoming: { socket: { remoteAddress: '192.0.2.1' } } }
  assert.equal((await app.request('/metrics', {}, env)).status, 401)
  const headers = { authorization: `Bearer ${key}` }
  assert.equal((await app.request('/metrics', { headers }, env)).status, 200)
})
