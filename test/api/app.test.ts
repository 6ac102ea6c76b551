import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeApp } from '#api/app.ts'
import type { Given } from '#api/given.ts'
import { at, givenFor, key, makeClient, order } from './world.ts'

/** No request here may get as far as the store. */
const app = makeApp(givenFor({} as Given['store']))
const send = makeClient(app)

test('without a key everything under /v1 is refused, also what does not exist', async () => {
  for (const path of ['/v1/orders', '/v1/suppliers', '/v1/nothing']) {
    const response = await app.request(path)
    assert.equal(response.status, 401)
    assert.match(response.headers.get('www-authenticate') ?? '', /^Bearer/)
    assert.equal(response.headers.get('content-type'), 'application/problem+json')
  }
})

test('a wrong key is refused, whatever its length, and is never repeated in the answer', async () => {
  for (const wrong of ['x', `${key}x`, key.slice(1), 'Ž'.repeat(300)]) {
    const response = await app.request('/v1/orders', {
      headers: { authorization: `Bearer ${encodeURIComponent(wrong)}` },
    })
    assert.equal(response.status, 401)
    assert.ok(!(await response.text()).includes(wrong))
  }
  const basic = await app.request('/v1/orders', { headers: { authorization: `Basic ${key}` } })
  assert.equal(basic.status, 401)
})

test('health and document need no key', async () => {
  for (const path of ['/health/live', '/health/ready', '/openapi.json']) {
    assert.equal((await app.request(path)).status, 200, path)
  }
})

test('ready says 503 and names what does not answer', async () => {
  const away = makeApp(givenFor({} as Given['store'], { ready: async () => ({ store: true, broker: false }) }))
  const { status, body } = await makeClient(away)('GET', '/health/ready')
  assert.equal(status, 503)
  assert.match(String(body['detail']), /message broker/)
  assert.doesNotMatch(String(body['detail']), /store/)
})

test('all that is wrong with an order is said at once, with place and expectation', async () => {
  const wrong = order('1', {
    placedAt: 'yesterday',
    customer: { email: 'nobody', language: 'czech' },
    lines: [
      { id: '1', title: 'A', quantity: 0, supplier: 'demo', code: 'A', told: { kind: 'soon' } },
      { id: '1', title: 'B', quantity: 1.5, ean: '123', told: 7 },
    ],
  })
  const { status, body } = await send('PUT', '/v1/orders/1', wrong)
  assert.equal(status, 400)
  assert.equal(body['type'], 'urn:avizo:problem:invalid-request')
  const problems = body['problems'] as { in: string; path: string; expected: string }[]
  const paths = problems.map((problem) => problem.path)
  for (const path of [
    'placedAt',
    'customer.email',
    'customer.language',
    'lines.0.quantity',
    'lines.0.told.kind',
    'lines.1.quantity',
    'lines.1.told',
  ]) {
    assert.ok(paths.includes(path), `${path} is not in ${paths.join(' ')}`)
  }
  assert.ok(problems.every((problem) => problem.in === 'body' && problem.expected.length > 3))
  const kind = problems.find((problem) => problem.path === 'lines.0.told.kind')
  assert.match(kind?.expected ?? '', /in-stock.*expected.*discontinued/)
  assert.ok(!JSON.stringify(body).includes('nobody'), 'what was sent is not repeated')
})

test('a line that names no item, and supplier without code, are refused by name', async () => {
  const lines = [
    { id: '1', title: 'A', quantity: 1 },
    { id: '2', title: 'B', quantity: 1, supplier: 'demo' },
  ]
  const { body } = await send('PUT', '/v1/orders/1', order('1', { lines }))
  assert.match(String(body['detail']), /lines\.0: a line names supplier and code, an ean, or a product/)
  assert.match(String(body['detail']), /lines\.1: supplier and code belong together/)
})

test('the number in the body must be that of the address', async () => {
  const { status, body } = await send('PUT', '/v1/orders/2', order('1'))
  assert.equal(status, 400)
  assert.match(String(body['detail']), /number/)
})

test('a body that is no JSON, of another type, missing or over 1 MB is refused as such', async () => {
  assert.equal((await send('PUT', '/v1/orders/1', '{"number":')).status, 400)
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'text/plain' }
  const text = await app.request('/v1/orders/1', { method: 'PUT', headers, body: '{}' })
  assert.equal(text.status, 415)
  assert.equal(text.headers.get('content-type'), 'application/problem+json')
  assert.equal((await send('PUT', '/v1/orders/1')).status, 400)
  const large = await send('PUT', '/v1/orders/1', order('1', { url: `https://example.com/${'x'.repeat(1_100_000)}` }))
  assert.equal(large.status, 413)
})

test('bad limits and cursors are refused', async () => {
  for (const query of ['limit=0', 'limit=201', 'limit=x', 'cursor=x', 'cursor=W10', 'updatedSince=yesterday']) {
    const { status } = await send('GET', `/v1/orders?${query}`)
    assert.equal(status, 400, query)
  }
  assert.equal((await send('GET', '/v1/runs?cursor=WyJhIiwiYiJd')).status, 400)
})

test('an unknown address is 404, a known one with another method 405 with what is possible', async () => {
  assert.equal((await send('GET', '/v1/nothing')).status, 404)
  assert.equal((await send('GET', '/')).status, 404)
  const { status, headers } = await send('DELETE', '/v1/orders/1')
  assert.equal(status, 405)
  assert.deepEqual(new Set(headers.get('allow')?.split(', ')), new Set(['GET', 'HEAD', 'PUT']))
})

test('a defect is answered 500 without its words', async () => {
  const { status, body } = await send('GET', '/v1/suppliers')
  assert.equal(status, 500)
  assert.ok(!JSON.stringify(body).includes('undefined'))
})

test('the document is OpenAPI 3.1 and describes every route, and every reference in it resolves', async () => {
  const { body } = await send('GET', '/openapi.json')
  assert.match(String(body['openapi']), /^3\.1\./)
  const paths = body['paths'] as Record<string, Record<string, Operation>>
  const documented = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((m) => `${m.toUpperCase()} ${path}`),
  )
  const routed = app.routes
    .filter((route) => route.method !== 'ALL')
    .map((route) => `${route.method} ${route.path.replaceAll(/:(\w+)/g, '{$1}')}`)
  assert.deepEqual(new Set(documented), new Set(routed))
  for (const reference of JSON.stringify(body).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    assert.ok(resolves(body, reference[1] ?? ''), `${reference[1]} does not resolve`)
  }
})

type Operation = {
  operationId?: string
  summary?: string
  parameters?: { name: string; in: string; required?: boolean; schema?: object }[]
  responses: Record<string, { description?: string; content?: Record<string, { schema?: object }> }>
}

test('every operation has an id, a summary, its path parameters and described answers with schemas', async () => {
  const { body } = await send('GET', '/openapi.json')
  const paths = body['paths'] as Record<string, Record<string, Operation>>
  const ids: unknown[] = []
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const name = `${method} ${path}`
      ids.push(operation.operationId)
      assert.ok(operation.summary, name)
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
      const given = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path' && parameter.required)
      assert.deepEqual(
        given.map((parameter) => parameter.name),
        inPath,
        name,
      )
      assert.ok(
        (operation.parameters ?? []).every((parameter) => parameter.schema),
        name,
      )
      for (const [status, answer] of Object.entries(operation.responses)) {
        assert.ok(answer.description, `${name} ${status}`)
        assert.ok(
          Object.values(answer.content ?? {}).every((content) => content.schema),
          `${name} ${status}`,
        )
      }
    }
  }
  assert.equal(new Set(ids).size, ids.length)
})

test('the document names availability, order and problem once, and gives an example of an order that is taken', async () => {
  const { body } = await send('GET', '/openapi.json')
  const { schemas } = body['components'] as { schemas: Record<string, { examples?: unknown[] }> }
  for (const name of [
    'Availability',
    'Order',
    'OrderGivenOut',
    'Line',
    'Notice',
    'Run',
    'Supplier',
    'Item',
    'Problem',
  ]) {
    assert.ok(schemas[name], `${name} is not among ${Object.keys(schemas).join(' ')}`)
  }
  const example = at(schemas['Order']?.examples, 0)
  const { status } = await send('PUT', `/v1/orders/${String(example['number'])}`, example)
  assert.equal(status, 500, 'it passes the schema and only then meets the store that is not there')
})

function resolves(document: unknown, pointer: string): boolean {
  const target = pointer
    .split('/')
    .reduce<unknown>((node, name) => (node as Record<string, unknown> | undefined)?.[name], document)
  return target !== undefined
}
