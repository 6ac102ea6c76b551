import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { grammarNumber } from '#core/domain/grammar/number.ts'
import { RunId } from '#core/domain/ids.ts'
import type { Change } from '#core/store/changes.ts'
import { at, declaration, key, makeWorld, startOwnStore } from './world.ts'

let own: Awaited<ReturnType<typeof startOwnStore>>
let world: ReturnType<typeof makeWorld>

before(async () => {
  own = await startOwnStore()
  world = makeWorld(own.store)
  for (const id of ['demo', 'other', 'paused']) await own.store.suppliers.declare(declaration(id))
})
after(() => own.close())

test('asking for a run stores one that is due, says where it is, and hurries the notifier up', async () => {
  const { status, body, headers } = await world.send('POST', '/v1/suppliers/demo/runs')
  assert.equal(status, 202)
  assert.equal(body['state'], 'due')
  const id = RunId.parse(body['id'])
  assert.match(id, /^demo-\d{8}T\d{6}Z-[a-z0-9]{4}$/)
  assert.equal(headers.get('location'), `/v1/runs/${id}`)
  const due = { v: 1, supplier: 'demo', run: id, why: 'person' }
  assert.deepEqual(world.published.at(-1), { type: 'run.due', id: `${id}/due`, supplier: 'demo', body: due })
  const run = await world.send('GET', `/v1/runs/${id}`)
  assert.equal(run.status, 200)
  assert.equal(run.body['state'], 'due')
  assert.equal(run.body['why'], 'person')
  assert.equal(run.body['appliedAt'], null)
})

test('where a run waits already that one is the answer; one whose reading began is not', async () => {
  const first = await world.send('POST', '/v1/suppliers/other/runs')
  const second = await world.send('POST', '/v1/suppliers/other/runs')
  assert.equal(second.status, 202)
  assert.equal(second.body['id'], first.body['id'])
  const moment = new Date()
  await own.store.runs.request(String(first.body['id']), { number: 1, requestedAt: moment, deadline: moment })
  const third = await world.send('POST', '/v1/suppliers/other/runs')
  assert.equal(third.status, 202)
  assert.notEqual(third.body['id'], first.body['id'])
})

test('ten people who ask at the same time get one run', async () => {
  await own.store.suppliers.declare(declaration('crowd'))
  const answers = await Promise.all(Array.from({ length: 10 }, () => world.send('POST', '/v1/suppliers/crowd/runs')))
  assert.deepEqual(new Set(answers.map((answer) => answer.status)), new Set([202]))
  assert.equal(new Set(answers.map((answer) => answer.body['id'])).size, 1)
})

test('a paused supplier refuses runs with the reason, until it is resumed', async () => {
  const paused = await world.send('POST', '/v1/suppliers/paused/pause', { because: 'the sign-in was refused' })
  assert.equal(paused.status, 200)
  assert.equal((paused.body['paused'] as Record<string, unknown>)['because'], 'the sign-in was refused')
  const refused = await world.send('POST', '/v1/suppliers/paused/runs')
  assert.equal(refused.status, 409)
  assert.match(String(refused.body['detail']), /the sign-in was refused/)
  assert.equal(await own.store.runs.waiting('paused'), null)
  const resumed = await world.send('POST', '/v1/suppliers/paused/resume')
  assert.equal(resumed.body['paused'], null)
  assert.equal((await world.send('POST', '/v1/suppliers/paused/runs')).status, 202)
})

test('an unknown supplier, run and item are 404, also with names that no id could have', async () => {
  for (const [method, path, body] of [
    ['POST', '/v1/suppliers/nobody/runs'],
    ['POST', '/v1/suppliers/NO%2FBODY/runs'],
    ['POST', '/v1/suppliers/nobody/resume'],
    ['POST', '/v1/suppliers/nobody/pause', { because: 'x' }],
    ['GET', '/v1/suppliers/nobody'],
    ['GET', '/v1/runs/nobody'],
    ['GET', '/v1/runs/nobody/evidence/1'],
    ['GET', '/v1/items/demo/nothing'],
    ['GET', '/v1/items/demo/nothing/history'],
  ] as const) {
    assert.equal((await world.send(method, path, body)).status, 404, `${method} ${path}`)
  }
})

test('suppliers are listed with the last accepted run and its age', async () => {
  await own.store.suppliers.declare(declaration('aged'))
  const requestedAt = new Date('2026-11-22T08:00:00Z')
  const run = {
    id: 'aged-20261122T0800Z',
    supplier: 'aged',
    number: 1,
    requestedAt,
    rows: 200,
    hash: 'h1',
    grammar: grammarNumber,
  }
  await own.store.suppliers.claimApply(run, 'me')
  for (const [clock, stale] of [
    ['2026-11-23T04:00:00Z', false],
    ['2026-11-23T04:00:01Z', true],
  ] as const) {
    const { send } = makeWorld(own.store, { clock: () => new Date(clock) })
    const { body } = await send('GET', '/v1/suppliers')
    assert.equal(body['next'], null)
    const aged = (body['items'] as Record<string, unknown>[]).find((supplier) => supplier['id'] === 'aged')
    assert.deepEqual(aged?.['lastAccepted'], { run: run.id, at: requestedAt.toISOString(), items: 200 })
    assert.equal(aged?.['ageSeconds'], 72_000 + (stale ? 1 : 0))
    assert.equal(aged?.['stale'], stale, 'the longest gap of the schedule is ten hours')
    assert.equal((await send('GET', '/v1/suppliers/aged')).body['stale'], stale)
  }
})

test('a supplier that never had an accepted run is stale from twice the longest gap after its declaration', async () => {
  await own.store.suppliers.declare(declaration('fresh'))
  const { knownSince } = (await own.store.suppliers.get('fresh')) ?? { knownSince: new Date(0) }
  for (const late of [false, true]) {
    const clock = () => new Date(knownSince.getTime() + 72_000_000 + (late ? 1 : 0))
    const { body } = await makeWorld(own.store, { clock }).send('GET', '/v1/suppliers/fresh')
    assert.deepEqual([body['stale'], body['ageSeconds']], [late, null])
    assert.deepEqual((body['schedule'] as Record<string, unknown>)['longestGapSeconds'], 36_000)
  }
})

test('a portal that keeps us out is shown with until when, in words, and takes a person’s run all the same', async () => {
  await own.store.suppliers.declare(declaration('walled'))
  const until = new Date(Date.now() + 3_600_000)
  await own.store.suppliers.block('walled', { times: 2, until, run: 'walled-20261122T0800Z' })
  const { body } = await world.send('GET', '/v1/suppliers/walled')
  const said = body['blocked'] as Record<string, unknown>
  assert.deepEqual([said['times'], said['until']], [2, until.toISOString()])
  assert.match(String(said['words']), /kept the last 2 runs out; the schedule asks for none before/)
  assert.equal((await world.send('POST', '/v1/suppliers/walled/runs')).status, 202)
  const { send } = makeWorld(own.store, { clock: () => until })
  assert.equal((await send('GET', '/v1/suppliers/walled')).body['blocked'], null)
})

test('a run that the notifier failed says why, though its scraper said nothing', async () => {
  await own.store.suppliers.declare(declaration('mute'))
  const { body } = await world.send('POST', '/v1/suppliers/mute/runs')
  const id = String(body['id'])
  await own.store.runs.request(id, { number: 1, requestedAt: new Date(), deadline: new Date() })
  await own.store.runs.fail(id, { kind: 'not-started', words: 'no scraper began it in time' })
  const { failure } = (await world.send('GET', `/v1/runs/${id}`)).body
  assert.deepEqual(failure, { kind: 'not-started', words: 'no scraper began it in time' })
})

test('runs are listed newest first, by supplier, page after page', async () => {
  await own.store.suppliers.declare(declaration('many'))
  const ids: string[] = []
  for (let i = 0; i < 5; i += 1) {
    const { body } = await world.send('POST', '/v1/suppliers/many/runs')
    ids.unshift(String(body['id']))
    await own.store.runs.reject(String(body['id']), 'for the test')
  }
  const seen: unknown[] = []
  let cursor = ''
  for (let pages = 0; pages < 5; pages += 1) {
    const { body } = await world.send('GET', `/v1/runs?supplier=many&limit=2${cursor}`)
    seen.push(...(body['items'] as Record<string, unknown>[]).map((run) => run['id']))
    if (body['next'] === null) break
    cursor = `&cursor=${body['next'] as string}`
  }
  assert.deepEqual(new Set(seen), new Set(ids))
  assert.equal(seen.length, 5)
  assert.deepEqual((await world.send('GET', '/v1/runs?supplier=nobody')).body, { items: [], next: null })
})

test('a failed run says kind and words, an accepted one its counts and proofs', async () => {
  const requestedAt = new Date()
  const deadline = new Date(Date.now() + 60_000)
  const finish = { v: 1, seconds: 3, definition: { number: 1, hash: 'h1' } } as const
  for (const id of ['fails', 'works']) await own.store.suppliers.declare(declaration(id))
  const { body: failing } = await world.send('POST', '/v1/suppliers/fails/runs')
  const failed = RunId.parse(failing['id'])
  await own.store.runs.request(failed, { number: 1, requestedAt, deadline })
  const fails = declaration('fails').supplier
  await own.store.runs.finish(failed, {
    ...finish,
    supplier: fails,
    run: failed,
    outcome: 'failed',
    failure: 'incomplete',
    words: '150 of 200 rows',
  })
  await own.store.runs.fail(failed, { kind: 'incomplete', words: '150 of 200 rows' })
  const { body } = await world.send('GET', `/v1/runs/${failed}`)
  assert.equal(body['state'], 'failed')
  assert.deepEqual(body['failure'], { kind: 'incomplete', words: '150 of 200 rows' })
  assert.deepEqual(body['reasons'], ['incomplete: 150 of 200 rows'])
  assert.ok(body['endedAt'])

  const { body: working } = await world.send('POST', '/v1/suppliers/works/runs')
  const works = RunId.parse(working['id'])
  await own.store.runs.request(works, { number: 1, requestedAt, deadline })
  await own.store.runs.progress(works, { step: 'reading', pages: 4, rows: 200 })
  const proofs = [{ what: 'rows', said: '200 rows read = 200 announced' }]
  const supplier = declaration('works').supplier
  await own.store.runs.finish(works, { ...finish, supplier, run: works, outcome: 'whole', rows: 200, parts: 1, proofs })
  const counts = { items: 200, changes: 1, unreadable: 0, missing: 0, absent: 0, notices: 1 }
  await own.store.runs.beginJudging(works)
  await own.store.runs.accept(works, counts)
  const { body: accepted } = await world.send('GET', `/v1/runs/${works}`)
  assert.equal(accepted['state'], 'accepted')
  assert.deepEqual(accepted['counts'], counts)
  assert.deepEqual(accepted['proofs'], proofs)
  assert.deepEqual(accepted['progress'], { step: 'reading', pages: 4, rows: 200 })
  assert.ok(accepted['appliedAt'])
  assert.equal(accepted['failure'], null)
})

test('a held run is approved or discarded once; another is refused', async () => {
  for (const [name, verb, state] of [
    ['right', 'approve', 'judging'],
    ['wrong', 'discard', 'rejected'],
  ] as const) {
    await own.store.suppliers.declare(declaration(name))
    const { body } = await world.send('POST', `/v1/suppliers/${name}/runs`)
    const run = String(body['id'])
    assert.equal((await world.send('POST', `/v1/runs/${run}/${verb}`)).status, 409, 'it is not held yet')
    await own.store.runs.request(run, { number: 1, requestedAt: new Date(), deadline: new Date(Date.now() + 60_000) })
    await own.store.runs.progress(run, { step: 'reading', pages: 1, rows: 1 })
    await own.store.runs.beginJudging(run)
    await own.store.runs.hold({ id: run }, ['120 of 200 items would change (60 %)'])
    const held = (await world.send('GET', `/v1/runs/${run}`)).body
    assert.deepEqual([held['state'], held['reasons']], ['held', ['120 of 200 items would change (60 %)']])
    const { status, body: decided } = await world.send('POST', `/v1/runs/${run}/${verb}`)
    assert.deepEqual([status, decided['state']], [200, state])
    assert.equal((await world.send('POST', `/v1/runs/${run}/${verb}`)).status, 409)
  }
})

test('the picture of a run is given out as what it is', async () => {
  const { body } = await world.send('POST', '/v1/suppliers/demo/runs')
  const run = String(body['id'])
  const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3])
  await own.store.evidence.put(1, { run, keepDays: 1, address: 'http://127.0.0.1/', picture })
  const headers = { authorization: `Bearer ${key}` }
  const response = await world.app.request(`/v1/runs/${run}/evidence/1`, { headers })
  assert.equal(response.headers.get('content-type'), 'image/png')
  assert.deepEqual(Buffer.from(await response.arrayBuffer()), picture)
  for (const n of ['0', '2', 'x']) assert.equal((await world.send('GET', `/v1/runs/${run}/evidence/${n}`)).status, 404)
})

test('page and file of a run are given out as downloads, for they come from a stranger', async () => {
  const { body } = await world.send('POST', '/v1/suppliers/demo/runs')
  const run = String(body['id'])
  const file = { name: 'liste.csv', content: Buffer.from('Kód;Název\n1;Ž\n') }
  await own.store.evidence.put(2, { run, keepDays: 1, address: 'http://127.0.0.1/', page: '<script>1</script>', file })
  for (const [part, text, name] of [
    ['page', '<script>1</script>', 'page.html'],
    ['file', 'Kód;Název\n1;Ž\n', 'liste.csv'],
  ] as const) {
    const response = await world.app.request(`/v1/runs/${run}/evidence/2/${part}`, {
      headers: { authorization: `Bearer ${key}` },
    })
    assert.equal(await response.text(), text)
    assert.equal(response.headers.get('content-type'), 'application/octet-stream')
    assert.equal(response.headers.get('content-disposition'), `attachment; filename*=UTF-8''${name}`)
  }
  assert.equal((await world.send('GET', `/v1/runs/${run}/evidence/3/page`)).status, 404)
})

test('an item is found by its code with slashes, spaces and percent signs, and its history goes page after page', async () => {
  const code = 'A/1 50%2F č'
  const path = `/v1/items/demo/${encodeURIComponent(code)}`
  const changes = Array.from({ length: 5 }, (_, i) => change(code, i + 1))
  const last = changes.at(-1)
  assert.ok(last)
  // Read anew after the third run: by its number, and on another page than the run's own change.
  const reread = { ...change(code, 3), run: 'demo-reread-2-1', at: new Date('2026-11-23T09:00:00Z') }
  await own.store.changes.add([...changes, reread])
  const fields = {
    id: `demo/${code}`,
    supplier: 'demo',
    code,
    title: 'T',
    texts: {},
    sayings: {},
    previous: null,
    marks: {},
    run: 5,
  }
  await own.store.items.writeDifferences([{ item: { ...fields, now: last.after }, planned: true }])
  const { status, body } = await world.send('GET', path)
  assert.equal(status, 200)
  assert.equal(body['code'], code)
  assert.match(String((body['now'] as Record<string, unknown>)['sentence']), /5\. ledna 2027/)
  const runs: unknown[] = []
  let query = '?limit=3'
  for (let pages = 0; pages < 5; pages += 1) {
    const history = await world.send('GET', `${path}/history${query}`)
    for (const found of history.body['items'] as { run: string }[]) runs.push(found.run)
    if (history.body['next'] === null) break
    query = `?limit=3&cursor=${history.body['next'] as string}`
  }
  const [first, second, third, ...later] = changes.map(({ run }) => run)
  assert.deepEqual(runs, [...later.toReversed(), reread.run, third, second, first])
})

test('open incidents are listed with what to do', async () => {
  const words = {
    kind: 'login-refused',
    subject: 'demo',
    words: 'the portal refused the sign-in',
    hint: 'look at the account',
  }
  await own.store.incidents.open(words)
  const { body } = await world.send('GET', '/v1/incidents')
  const { openedAt, id, ...rest } = at(body['items'], 0)
  assert.deepEqual(rest, { ...words, seen: 1 })
  assert.ok(openedAt && id)
})

function change(code: string, number: number): Change {
  const day = `2027-01-0${number}`
  const run = `demo-2026112${number}T0800Z`
  const since = new Date(`2026-11-2${number}T08:00:00Z`)
  const availability = { kind: 'expected', from: day, to: day, precision: 'day' } as const
  const value = { availability, texts: { dostupnost: day }, anchors: {}, since, run }
  return {
    run,
    number,
    supplier: 'demo',
    code,
    title: 'T',
    kind: number === 1 ? null : 'delayed',
    before: null,
    after: value,
    at: since,
  }
}
