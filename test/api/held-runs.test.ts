import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { RunId } from '#core/domain/ids.ts'
import { declaration, makeWorld, startOwnStore } from './world.ts'

let own: Awaited<ReturnType<typeof startOwnStore>>
let world: ReturnType<typeof makeWorld>

before(async () => {
  own = await startOwnStore()
  world = makeWorld(own.store)
})
after(() => own.close())

test('a held run whose parts are gone cannot be approved, only discarded, and both reasons stay', async () => {
  const { supplier } = declaration('gone')
  await own.store.suppliers.declare(declaration('gone'))
  const run = RunId.parse((await world.send('POST', '/v1/suppliers/gone/runs')).body['id'])
  const { runs } = own.store
  await runs.request(run, { number: 1, requestedAt: new Date(), deadline: new Date(Date.now() + 60_000) })
  const counted = { definition: { number: 1, hash: 'h1' }, seconds: 3, rows: 1, parts: 1, proofs: [] }
  await runs.finish(run, { v: 1, supplier, run, outcome: 'whole', ...counted })
  await runs.beginJudging(run)
  await runs.hold({ id: run }, ['1 of 2 known items are not in it'])
  const refused = await world.send('POST', `/v1/runs/${run}/approve`)
  assert.equal(refused.status, 409)
  assert.match(String(refused.body['detail']), /kept no more: discard it/)
  const discarded = await world.send('POST', `/v1/runs/${run}/discard`)
  assert.equal(discarded.body['state'], 'rejected')
  assert.deepEqual(discarded.body['reasons'], ['1 of 2 known items are not in it', 'a person discarded it'])
})

test('resuming a supplier closes the incident of its pause, so that the next one is told anew', async () => {
  await own.store.suppliers.declare(declaration('again'))
  const trouble = { kind: 'paused', subject: 'again', words: 'paused: refused', hint: 'look' }
  for (const _ of ['first', 'second']) {
    await own.store.suppliers.pause('again', 'refused')
    assert.equal(await own.store.incidents.open(trouble), true)
    assert.equal((await world.send('POST', '/v1/suppliers/again/resume')).body['paused'], null)
    assert.deepEqual(await own.store.incidents.openOnes(), [])
  }
})
