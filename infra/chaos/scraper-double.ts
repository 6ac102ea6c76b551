import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { openBroker } from '#core/broker/broker.ts'
import type { Incoming, Verdict } from '#core/broker/consume.ts'
import { done } from '#core/broker/consume.ts'
import type { FailureKind } from '#core/domain/messages.ts'
import { live } from '#core/process/life.ts'
import { makeLogger } from '#core/process/log.ts'
import { readSettings } from '#core/process/settings.ts'
import { amqpNamespace, amqpUrl } from '#core/process/shared-settings.ts'
import { declarationOf } from './declarations.ts'
import { randomOf } from './random.ts'
import type { ScriptSupplier, Walk } from './script.ts'
import { moodOf, observationsOf, rowsOf, sightOf, suppliersOf, walkOf } from './script.ts'

/** Plays the scraper at the broker: what it "reads" comes of the seed and the run's number alone, so it may be killed. */
const settings = readSettings(
  z.object({
    AMQP_URL: amqpUrl,
    AMQP_NAMESPACE: amqpNamespace,
    CHAOS_SEED: z.coerce.number(),
    CHAOS_SUPPLIERS: z.coerce.number(),
    CHAOS_ITEMS: z.coerce.number(),
    CHAOS_CONFIRMING: z.coerce.number().default(0),
    /** After which run of each supplier its portal is calm, and stands still: `supplier-1:12,supplier-2:9`. */
    CHAOS_CALM_AFTER: z.string().default(''),
  }),
)
const seed = settings.CHAOS_SEED
const plan = { seed, suppliers: settings.CHAOS_SUPPLIERS, items: settings.CHAOS_ITEMS, orders: 0 }
const suppliers = suppliersOf(plan)
const walks = new Map(suppliers.map((supplier) => [supplier.id, walkOf(plan, supplier)]))
const calmAfter = new Map(
  settings.CHAOS_CALM_AFTER.split(',')
    .filter(Boolean)
    .map((one) => [one.split(':')[0] ?? '', Number(one.split(':')[1])] as const),
)
const partSize = Math.max(10, Math.ceil(plan.items / plan.suppliers / 4))
const definition = { number: 1, hash: 'chaos' }
const log = makeLogger({ name: 'scraper', format: 'text', level: 'warn' })

await live(log, async (stack) => {
  const { AMQP_URL: url, AMQP_NAMESPACE: namespace } = settings
  const broker = stack.use(await openBroker({ url, namespace, name: 'scraper', log }))
  for (const [place, supplier] of suppliers.entries()) {
    const declaration = declarationOf(supplier, { confirms: place < settings.CHAOS_CONFIRMING })
    await broker.publish('supplier.declared', { body: { v: 1, declaration }, id: 'declared', supplier: supplier.id })
  }
  await broker.consume({ queue: 'scraper.runs', prefetch: plan.suppliers, handle: answer })
})

async function answer(message: Incoming): Promise<Verdict> {
  if (message.type !== 'run.requested') return done
  const supplier = suppliers.find(({ id }) => id === message.body.supplier)
  const walk = walks.get(message.body.supplier)
  if (supplier === undefined || walk === undefined) return done
  try {
    await read(message, supplier, walk)
  } catch (error) {
    log.warn({ err: error }, 'a run could not be said to its end')
  }
  return done
}

type Request = Extract<Incoming, { type: 'run.requested' }>

/** One request is one try: what comes again is not read (RULES section 4). */
async function read(message: Request, supplier: ScriptSupplier, walk: Walk): Promise<void> {
  const { number } = message.body
  if (message.redelivered) return fail(message, 'interrupted')
  const random = randomOf(seed, supplier.id, 'pace', number)
  const { step, calm } = sightOf({ number, calmAfter: calmAfter.get(supplier.id) })
  const mood = calm ? { kind: 'whole' as const } : moodOf(seed, supplier.id, number)
  await progress(message, 'started')
  if (random.chance(0.3)) await signIn(message)
  const observations = observationsOf(rowsOf(seed, supplier, { values: walk.valuesAt(step), step: number, calm }))
  const parts = Math.ceil(observations.length / partSize)
  for (let part = 1; part <= parts; part++) {
    if (mood.kind === 'failed' && part > mood.afterParts) break
    const slice = observations.slice((part - 1) * partSize, part * partSize)
    const body = { ...of(message), part, observations: slice }
    await say(message, 'run.observed', { body, id: `${message.body.run}/part/${part}` })
    await wait(random.below(40))
  }
  if (mood.kind === 'failed') return fail(message, mood.failure)
  const counted = { rows: observations.length, parts, proofs: [], seconds: 0.1, definition }
  const body = { ...of(message), ...counted, outcome: 'whole' as const }
  await say(message, 'run.finished', { body, id: `${message.body.run}/finished` })
}

async function signIn(message: Request): Promise<void> {
  await progress(message, 'signing-in')
  await wait(20)
  await progress(message, 'signed-in')
}

async function progress(message: Request, step: 'started' | 'signing-in' | 'signed-in'): Promise<void> {
  await say(message, 'run.progress', {
    body: { ...of(message), step, pages: 0, rows: 0 },
    id: `${message.body.run}/${step}`,
  })
}

async function fail(message: Request, failure: FailureKind): Promise<void> {
  const body = {
    ...of(message),
    definition,
    seconds: 0.1,
    outcome: 'failed' as const,
    failure,
    words: 'as the script wants it',
  }
  await say(message, 'run.finished', { body, id: `${message.body.run}/finished` })
}

/** A run is said on the channel that its request came by, so that who was frozen can say nothing when it wakes. */
async function say<T extends 'run.progress' | 'run.observed' | 'run.finished'>(
  message: Request,
  type: T,
  outgoing: Parameters<typeof message.publish<T>>[1],
): Promise<void> {
  await message.publish(type, { ...outgoing, supplier: message.body.supplier })
}

function of({ body: { supplier, run } }: Request) {
  return { v: 1 as const, supplier, run }
}
