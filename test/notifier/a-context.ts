import { MongoClient } from 'mongodb'
import type { MessageType } from '#core/domain/messages.ts'
import { defaultHourlyLimit } from '#core/domain/hourly-limit.ts'
import { defaultPolicy } from '#core/domain/policy.ts'
import { SupplierDeclaration } from '#core/domain/supplier.ts'
import { makeLogger } from '#core/process/log.ts'
import type { Run } from '#core/store/runs.ts'
import type { Supplier } from '#core/store/suppliers.ts'
import { openStore } from '#core/store/store.ts'
import type { FailureKind, MessageOf, Observation } from '#core/domain/messages.ts'
import type { RunStep } from '#core/store/runs.ts'
import type { Context } from '#notifier/context.ts'
import { takeFinish, takePart, takeProgress } from '#notifier/collect-run.ts'
import { makeIncidents } from '#notifier/incidents.ts'
import { makeLateRuns } from '#notifier/late-runs.ts'
import { takeProposal } from '#notifier/request-run.ts'
import { usualPauses } from '#notifier/pauses.ts'
import { makeTroubles } from '#notifier/troubles.ts'
import { runIdOfMoment, runIdOfTick, SupplierId } from '#core/domain/ids.ts'
import { grammarNumber } from '#core/domain/grammar/number.ts'
import { openCorner } from '#test/support/servers.ts'
import { declarationOf } from '#test/support/world.ts'

/** The notifier's use-cases on a real store, with a clock that the test moves and nobody who reads portals. */
export async function makeTestContext() {
  const corner = await openCorner()
  const store = await openStore({ url: corner.mongodbUrl, name: 'test', leaseSeconds: 2 })
  const requested: MessageOf<'run.requested'>[] = []
  const log = makeLogger({ name: 'test', format: 'json', level: 'silent' })
  const clock = { now: new Date() }
  const context: Context = {
    store,
    publish: async (type: MessageType, { body }) => {
      if (type === 'run.requested') requested.push(body as MessageOf<'run.requested'>)
    },
    isConnected: () => true,
    log,
    incidents: makeIncidents({ store, log }),
    shop: { name: 'Test', language: 'cs', timeZone: 'Europe/Prague' },
    limit: defaultHourlyLimit,
    policy: { ...defaultPolicy, digestHours: 0, quiet: null, mailEveryHours: 0 },
    ranking: [],
    late: makeLateRuns({ isConnected: () => true }),
    troubles: makeTroubles(log),
    keep: { evidenceDays: 30, partsDays: 30, runsDays: 365, closedOrdersDays: 180 },
    pauses: usualPauses,
    beginWithinSeconds: 120,
    owner: 'test',
    now: () => clock.now,
    wakeSender: () => {},
  }
  return {
    context,
    store,
    clock,
    requested,
    mongodbUrl: corner.mongodbUrl,
    /** Writes past the store what in life the time that passes makes of it. */
    async rewrite(collection: string, filter: object, set: object): Promise<void> {
      await using client = new MongoClient(corner.mongodbUrl)
      const { matchedCount } = await client.db().collection(collection).updateMany(filter, { $set: set })
      if (matchedCount === 0) throw new Error(`${collection} has nothing like ${JSON.stringify(filter)}`)
    },
    close: async () => {
      await store[Symbol.asyncDispose]()
      await corner.stop()
    },
  }
}

export type TestContext = Awaited<ReturnType<typeof makeTestContext>>

/** One supplier of such a notifier, played by the test from both sides: schedule, person and scraper. */
export async function makeTestSupplier(
  { context, store, clock, requested, rewrite }: TestContext,
  name: string,
  over: Partial<SupplierDeclaration> = {},
) {
  const id = SupplierId.parse(name)
  await store.suppliers.declare(SupplierDeclaration.parse({ ...declarationOf(), ...over, supplier: id }))
  const of = (run: string) => ({ v: 1 as const, supplier: id, run })
  /** What the store itself would come to only with time. */
  const change = (_id: string, set: object) => rewrite('suppliers', { _id }, set)

  return {
    id,
    state: async () => (await store.suppliers.get(id)) as Supplier,
    incident: async (kind: string) =>
      (await store.incidents.openOnes()).find((one) => one.kind === kind && one.subject === id),
    runs: async () => (await store.runs.page({ supplier: id, limit: 100 })).toReversed(),
    /** Ids of the runs that were requested so far, oldest first. */
    requests: () => requested.filter(({ supplier }) => supplier === id).map(({ run }) => run),
    async tick(tick: Date = clock.now): Promise<void> {
      const run = runIdOfTick(id, tick)
      await takeProposal(context, { ...of(run), why: 'schedule', tick: tick.toISOString() })
    },
    async ask(): Promise<Run> {
      const random = Math.random().toString(36).slice(2, 6).padEnd(4, '0')
      const run = await store.runs.propose({ id: runIdOfMoment(id, clock.now, random), supplier: id, why: 'person' })
      await takeProposal(context, { ...of(run.id), why: 'person' })
      return run
    },
    async reach(step: RunStep): Promise<void> {
      const run = await store.runs.underWay(id)
      await takeProgress(context, { ...of(run?.id ?? 'none'), step, pages: 0, rows: 0 })
    },
    async fail(failure: FailureKind): Promise<void> {
      const run = await store.runs.underWay(id)
      const counted = { definition: { number: 1, hash: 'one' }, seconds: 1 }
      const words = `${failure}, as the test wants it`
      await takeFinish(context, { ...of(run?.id ?? 'none'), ...counted, outcome: 'failed', failure, words })
    },
    /** What the scraper says of a run under way that is whole: a part with all rows, and the finish. */
    whole: (run: string, observations: Observation[]) => ({
      part: { ...of(run), part: 1, observations },
      finish: {
        ...of(run),
        definition: { number: 1, hash: 'one' },
        seconds: 1,
        outcome: 'whole' as const,
        rows: observations.length,
        parts: 1,
        proofs: [],
      },
    }),
    take: async (part: MessageOf<'run.observed'>, finish: MessageOf<'run.finished'>) => {
      await takePart(context, part)
      await takeFinish(context, finish)
    },
    /** Whoever applies for it, or reads its texts anew, has been silent for too long. */
    leaseEnds: () => change(id, { 'applying.until': new Date(0) }),
    /** A notifier with a newer grammar than ours was here. */
    newerGrammar: () => change(id, { 'readBy.grammar': 99 }),
    /** A run that a person asks for reads this; whatever is made of it is the answer. */
    async read(observations: Observation[]): Promise<Run> {
      const { id: asked } = await this.ask()
      const { part, finish } = this.whole(asked, observations)
      await takePart(context, part)
      await takeFinish(context, finish)
      return (await store.runs.get(asked)) as Run
    },
    /** The run under way is accepted, with nothing in it that matters here. */
    async accept(): Promise<void> {
      const run = await store.runs.underWay(id)
      if (run === null) throw new Error('no run is under way')
      const { number = 0, requestedAt = clock.now } = run
      const claim = await store.suppliers.claimApply(
        { id: run.id, supplier: id, number, requestedAt, rows: 1, hash: 'one', grammar: grammarNumber },
        'test',
      )
      await store.runs.progress(run.id, { step: 'started', pages: 0, rows: 0 })
      await store.runs.beginJudging(run.id)
      await store.runs.accept(run.id, { items: 1, changes: 0, unreadable: 0, missing: 0, absent: 0, notices: 0 })
      if (claim !== null) await store.suppliers.endApply(id, claim, { definition: 1, grammar: grammarNumber })
    },
  }
}
