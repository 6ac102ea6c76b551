import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { grammarNumber } from '#core/domain/grammar/number.ts'
import { SupplierDeclaration } from '#core/domain/supplier.ts'
import { resumeRuns, takeFinish, takePart } from '#notifier/collect-run.ts'
import { rereadSuppliers } from '#notifier/reread-supplier.ts'
import { declarationOf, item } from '#test/support/world.ts'
import { makeTestContext, makeTestSupplier, type TestContext } from './a-context.ts'

/** Two notifiers side by side, as while one after the other is upgraded: the older one spoils nothing of the newer one's. */
let world: TestContext
before(async () => {
  world = await makeTestContext()
})
after(() => world.close())

const march = [item('A', '1. 3. 2030')]
const april = [item('A', '1. 4. 2030')]
async function start(name: string) {
  const supplier = await makeTestSupplier(world, name)
  return {
    ...supplier,
    lastState: async () => (await supplier.runs()).at(-1)?.state,
    /** Somebody begins to apply it, and dies. */
    async tornRun(observations: typeof march): Promise<void> {
      world.context.at = (step) => (step === 'claimed' ? Promise.reject(new Error('killed')) : undefined)
      await assert.rejects(supplier.read(observations), /killed/)
      delete world.context.at
      await supplier.leaseEnds()
    },
    rewrite: (set: object) => world.rewrite('suppliers', { _id: supplier.id }, set),
  }
}

test('a run is not applied by an older grammar when a newer one read all texts anew while it was weighed', async () => {
  const acme = await start('weighed')
  await acme.read(march)
  const { id } = await acme.ask()
  const { part, finish } = acme.whole(id, april)
  const { store } = world
  const runs = { ...store.runs, pass: async (run: string) => (await acme.newerGrammar(), store.runs.pass(run)) }
  const slow = { ...world.context, store: { ...store, runs } }
  await takePart(slow, part)
  await takeFinish(slow, finish)
  assert.equal(await acme.lastState(), 'judging')
  assert.equal((await acme.state()).applying, null)
})

test('a run that a newer grammar was at is not taken over by an older one, a supplier’s first run neither', async () => {
  const acme = await start('later')
  await acme.read(march)
  await acme.tornRun(april)
  await acme.newerGrammar()
  const first = await start('first')
  await first.tornRun(march)
  await first.rewrite({ 'applying.grammar': 99 })
  await resumeRuns(world.context)
  assert.deepEqual([await acme.lastState(), await first.lastState()], ['judging', 'judging'])
  await first.rewrite({ 'applying.grammar': grammarNumber })
  await resumeRuns(world.context)
  assert.equal(await first.lastState(), 'accepted', 'its own it goes on with')
})

test('a first run that an older grammar began is read anew once a newer one has taken it over', async () => {
  const acme = await start('begun')
  await acme.tornRun(march)
  await acme.rewrite({ 'applying.grammar': grammarNumber - 1 })
  await resumeRuns(world.context)
  assert.equal(await acme.lastState(), 'accepted')
  assert.equal((await acme.state()).readBy?.grammar, grammarNumber - 1)
  await rereadSuppliers(world.context)
  assert.equal((await acme.state()).readBy?.grammar, grammarNumber)
})

test('a supplier that is declared by a newer grammar is left alone until this notifier is upgraded', async () => {
  const acme = await start('declared')
  await acme.read(march)
  const declare = (grammar: number) => world.store.suppliers.declare(SupplierDeclaration.parse({ ...declarationOf(), supplier: acme.id, grammar })) // prettier-ignore
  await declare(grammarNumber + 1)
  await acme.read(april)
  assert.equal(await acme.lastState(), 'judging')
  await declare(grammarNumber)
  await resumeRuns(world.context)
  assert.equal(await acme.lastState(), 'accepted')
})
