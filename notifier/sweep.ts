import { setTimeout as wait } from 'node:timers/promises'
import { dayOf } from '#core/domain/day.ts'
import { chunksOf } from '#core/store/mongo.ts'
import { announced } from './announced.ts'
import { tidyOtherHolds } from './attend-holds.ts'
import { checkOutcomes } from './check-outcomes.ts'
import { resumeRuns } from './collect-run.ts'
import type { Clock } from './clock.ts'
import type { Context } from './context.ts'
import { eachApart } from './each-apart.ts'
import { forgetOld } from './forget-old.ts'
import { freeAddresses } from './free-addresses.ts'
import { noticeSilence } from './notice-silence.ts'
import { noticeUnstable } from './notice-unstable.ts'
import { lookAtOrders } from './look-at-orders.ts'
import type { Ill } from './plan-each.ts'
import { planEach, tellIll } from './plan-each.ts'
import { planRetired } from './plan-retired.ts'
import { rereadSuppliers } from './reread-supplier.ts'
import { sweepRuns } from './request-run.ts'
import { tellAgainLeft } from './tell-again.ts'
import type { AdminMail } from './tell-admin.ts'
import { tellAdmin } from './tell-admin.ts'
import { tidyIncidents } from './tidy-incidents.ts'

/** After downtime everybody was silent; whoever is still silent by then is in trouble. */
const quietAtStartSeconds = 180
const ordersAtOnce = 500

/** Puts right what was left in the middle: everything here is found again by its state, never by a message. */
export async function sweep(context: Context): Promise<void> {
  // One that fails is met again at the next turn: it is no reason to leave out the others.
  await eachApart(context, steps, (step) => step(context))
}

const steps = [
  rereadSuppliers,
  sweepRuns,
  resumeRuns,
  tidyOtherHolds,
  noticeSilenceLater,
  planEnded,
  freeAddresses,
  tellAgainLeft,
  planRetired,
  lookAtWaiting,
  lookOnceADay,
  noticeUnstable,
  tidyIncidents,
  checkOutcomes,
]

async function noticeSilenceLater(context: Context): Promise<void> {
  if (process.uptime() > quietAtStartSeconds) await noticeSilence(context)
}

async function planEnded(context: Context): Promise<void> {
  const ended = await context.store.notices.closing({ limit: 1_000 })
  await planEach(context, [...new Set(ended.map((notice) => notice.order))])
}

async function lookAtWaiting(context: Context): Promise<void> {
  const ill: Ill = new Map()
  for (let last: string | undefined = ''; last !== undefined;) {
    const waiting: string[] = await context.store.orders.toLook(ordersAtOnce, last)
    for (const [number, error] of await lookAtOrders(context, waiting)) ill.set(number, error)
    // What is ill waits on: only further on is another page.
    last = waiting.length < ordersAtOnce ? undefined : waiting.at(-1)
  }
  await tellIll(context, ill)
}

/** All orders are looked at and compared once a day besides, so that nothing depends on having seen the edge. */
async function lookOnceADay(context: Context): Promise<void> {
  const today = dayOf(context.now(), context.shop.timeZone)
  if (!(await context.store.shopSettings.beginDailyLook(today))) return
  const numbers: string[] = []
  for await (const number of context.store.orders.allNumbers()) numbers.push(number)
  await announced(context, numbers.length, async () => {
    for (const chunk of chunksOf(numbers)) await lookAtOrders(context, chunk)
  })
  await forgetOld(context)
  await context.store.shopSettings.endDailyLook(today)
}

/** Sweeps now and then until it is given back; a sweep that fails is tried again at the next turn. */
export function startSweep(
  context: Context,
  { everySeconds, adminMail, clock }: { everySeconds: number; adminMail: AdminMail; clock: Clock },
): AsyncDisposable {
  const stopping = new AbortController()
  const running = loop()

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      await turn().then(context.troubles.over, (error: unknown) =>
        context.troubles.met(error, 'the sweep met an error; the next one tries again'),
      )
      await wait(everySeconds * 1000, undefined, { signal: stopping.signal }).catch(() => {})
    }
  }

  /** What the admin is to hear does not depend on whether all of the sweep succeeds. */
  async function turn(): Promise<void> {
    try {
      await clock.set()
      await sweep(context)
    } finally {
      await tellAdmin(context, adminMail)
    }
  }

  return {
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await running
    },
  }
}
