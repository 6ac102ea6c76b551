import { setTimeout as wait } from 'node:timers/promises'
import { dayOf } from '#core/domain/day.ts'
import { chunksOf } from '#core/store/mongo.ts'
import { announced } from './announced.ts'
import { tidyOtherHolds } from './attend-holds.ts'
import { checkOutcomes } from './check-outcomes.ts'
import { resumeRuns } from './collect-run.ts'
import type { Clock } from './clock.ts'
import type { Context } from './context.ts'
import { forgetOld } from './forget-old.ts'
import { freeAddresses } from './free-addresses.ts'
import { noticeSilence } from './notice-silence.ts'
import { noticeUnstable } from './notice-unstable.ts'
import { lookAtOrders } from './look-at-orders.ts'
import { planOrders } from './plan-orders.ts'
import { planRetired } from './plan-retired.ts'
import { rereadSuppliers } from './reread-supplier.ts'
import { sweepRuns } from './request-run.ts'
import { tellAgainLeft } from './tell-again.ts'
import type { AdminMail } from './tell-admin.ts'
import { tellAdmin } from './tell-admin.ts'
import { tidyIncidents } from './tidy-incidents.ts'

/** After downtime everybody was silent; whoever is still silent by then is in trouble. */
const quietAtStartSeconds = 180

/** Puts right what was left in the middle: everything here is found again by its state, never by a message. */
export async function sweep(context: Context): Promise<void> {
  await rereadSuppliers(context)
  await sweepRuns(context)
  await resumeRuns(context)
  await tidyOtherHolds(context)
  if (process.uptime() > quietAtStartSeconds) await noticeSilence(context)
  const ended = await context.store.notices.closing({ limit: 1_000 })
  await planOrders(context, [...new Set(ended.map((notice) => notice.order))])
  await freeAddresses(context)
  await tellAgainLeft(context)
  await planRetired(context)
  await lookAtWaiting(context)
  await lookOnceADay(context)
  await noticeUnstable(context)
  await tidyIncidents(context)
  await checkOutcomes(context)
}

async function lookAtWaiting(context: Context): Promise<void> {
  for (;;) {
    const waiting = await context.store.orders.toLook(500)
    await lookAtOrders(context, waiting)
    if (waiting.length < 500) return
  }
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
