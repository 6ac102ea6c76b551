import { isNumbered } from './apply-run.ts'
import { resumeRun } from './collect-run.ts'
import type { Context } from './context.ts'
import { countNews } from './count-news.ts'
import { eachApart } from './each-apart.ts'
import { forecastRun } from './forecast-run.ts'
import { tellHeld } from './judge-notices.ts'
import { planEach } from './plan-each.ts'
import { tidyHolds } from './tidy-holds.ts'
import { waiveHeld } from './waive-held.ts'

/** Somebody looks at a hold, or decided it: what is shown is worked out anew, and what was decided is done at once. */
export async function attendHold(context: Context, id: string): Promise<void> {
  const [kind, name] = [id.slice(0, id.indexOf('/')), id.slice(id.indexOf('/') + 1)]
  if (kind === 'run') return attendRun(context, name)
  if (kind === 'item') await countNews(context, name)
  await tidyOtherHolds(context)
}

async function attendRun(context: Context, id: string): Promise<void> {
  const run = await context.store.runs.get(id)
  if (run?.state === 'judging' && run.approved) await resumeRun(context, run)
  else await refreshForecast(context, id)
  await tidyHolds(context)
}

async function refreshForecast(context: Context, id: string): Promise<void> {
  const { store } = context
  const run = await store.runs.get(id)
  const supplier = run && (await store.suppliers.get(run.supplier))
  if (run?.state !== 'held' || !supplier || !isNumbered(run)) return
  const { customers, preview } = await forecastRun(context, run, supplier)
  if (await store.runs.forecast(id, customers)) await store.holds.keepPreview(id, preview)
}

/** What was decided or opened and left in the middle; and holds that hold nothing any more end. For the sweep too. */
export async function tidyOtherHolds(context: Context): Promise<void> {
  const { store } = context
  await eachApart(context, await store.holds.toPlan(), async ({ item, because, run, state }) => {
    // Who waives news under another title does not say that it is the same article.
    if (because === 'title' && state === 'approved') await store.items.acceptTitle(item, run)
    await planEach(context, await store.orders.withItems([item]))
    await store.holds.planned(item)
  })
  const uncounted = (await store.holds.openOnes()).filter(({ customers }) => customers === undefined)
  await eachApart(context, uncounted, ({ item }) => countNews(context, item))
  await eachApart(context, await store.holds.toWaive(), (hold) => waiveHeld(context, hold))
  await tidyNotices(context)
  await tidyRuns(context)
  await store.plannings.dropOver()
}

/** A run may have been held by one who died before it kept what is shown. */
async function tidyRuns(context: Context): Promise<void> {
  const held = (await context.store.runs.allHeld()).map(({ id }) => id)
  await context.store.holds.dropPreviews({ except: held })
  const unseen = await context.store.holds.withoutPreview(held)
  await eachApart(context, unseen, (id) => refreshForecast(context, id))
}

/** A hold of notices is open as long as notices name it, whoever died in between; with it its incident. */
async function tidyNotices(context: Context): Promise<void> {
  const { store, incidents } = context
  // Holds first: one that was opened by now had its notices before.
  const open = await store.holds.openOfNotices()
  const named = new Set(await store.notices.holdsNamed())
  for (const { id } of open) {
    if (named.has(id)) continue
    await store.holds.endNotices(id, 'ended')
  }
  const known = new Set([...open, ...(await store.holds.toWaive())].map(({ id }) => id))
  for (const id of named) {
    if (known.has(id)) continue
    const hold = await store.holds.ofNotices(id)
    await store.holds.openNotices(id.slice('cause/'.length), hold?.words ?? 'too many customers within an hour')
  }
  const told = (await store.incidents.openOnes()).filter(({ kind }) => kind === 'notices-held')
  for (const { subject } of told) if (!named.has(subject)) await incidents.close('notices-held', subject)
  for (const id of named) if (!told.some(({ subject }) => subject === id)) await tellHeld(context, id)
}
