import { isOver } from '#core/domain/hourly-limit.ts'
import { causeHoldId } from '#core/store/notice-holds.ts'
import type { Unjudged } from '#core/store/notice-waves.ts'
import { mostAtOnce } from '#core/store/notice-waves.ts'
import type { ItemHold } from '#core/store/holds.ts'
import { itemHoldId } from '#core/store/holds.ts'
import type { Context } from './context.ts'

/** So long no notice must have joined a wave before it is judged as a small one. */
const quietMs = 300
/** A planning that never ends must not keep small waves back for ever. */
const longestWaitMs = 120_000

export type NoticeJudge = () => Promise<'judged' | 'unsettled'>

/**
 * P5: lets notices through only after the wave that they belong to is whole, and holds all of it where more customers
 * would be mailed within an hour than the limit says. Counts by the store alone, so that any number of notifiers may judge
 * side by side: notices that wait are read first, those let through after them, so nobody misses what another does.
 */
export function makeNoticeJudge(context: Context): NoticeJudge {
  const { store } = context
  const wave = watchWave()

  return async () => {
    if ((await store.notices.unjudged(1)).length === 0) return wave.end()
    // Before the notices: what a planning that has ended brought is among them.
    const isComing = await isMoreToCome(context)
    const list = await unapproved(context)
    if (list.length === 0) return wave.end()
    const customers = await customersOf(context, list)
    const seen = [customers.size, ...list.map(({ id, rev }) => `${id} ${rev}`)].join('\n')
    if (await isTooMany(context, customers)) {
      await hold(context, list)
      return wave.end()
    }
    if (!wave.isWhole(seen, isComing)) return 'unsettled'
    await store.notices.pass(list)
    return wave.end()
  }
}

/** Since when this process sees a wave, and since when as it is. */
function watchWave() {
  let seen: { list: string; since: number; begun: number } | null = null

  return {
    end(): 'judged' {
      seen = null
      return 'judged'
    },
    isWhole(list: string, isComing: boolean): boolean {
      const moment = performance.now()
      const begun = seen?.begun ?? moment
      const isSame = seen !== null && seen.list === list && !isComing
      seen = { list, since: isSame ? (seen?.since ?? moment) : moment, begun }
      return moment - seen.since >= quietMs || moment - begun >= longestWaitMs
    },
  }
}

/** Orders that wait for a look, runs that are being applied and large plannings may bring more notices any moment. */
async function isMoreToCome({ store }: Context): Promise<boolean> {
  if (await store.plannings.isAnyUnderWay()) return true
  if (await store.suppliers.isAnyApplied()) return true
  return store.orders.awaitsLook()
}

/** Of all that wait where no more than a part is let through at once; else of these: others may be approved. */
async function customersOf({ store, limit }: Context, list: Unjudged[]): Promise<Set<string>> {
  if (list.length < mostAtOnce) return new Set(list.map(({ customer }) => customer))
  return store.notices.customersUnjudged(limit.customers + 1)
}

async function isTooMany({ store, limit }: Context, waiting: Set<string>): Promise<boolean> {
  const customers = new Set([...waiting, ...(await store.notices.customersWithinHour())])
  if (customers.size <= Math.min(limit.floor, limit.customers)) return false
  return isOver(limit, customers.size, await store.orders.countOpen())
}

async function hold(context: Context, list: Unjudged[]): Promise<void> {
  const { store, log, limit } = context
  const cause = causeOf(list, context.now())
  const id = causeHoldId(cause)
  const words = `more customers would be mailed within an hour than the limit of ${limit.customers}, or ${Math.round(limit.share * 100)} % of the open orders, lets through`
  await store.notices.holdAll(list, { hold: id, reason: `held with others: ${words}` })
  await store.holds.openNotices(cause, words)
  await tellHeld(context, id)
  log.warn({ hold: id, notices: list.length }, `${list.length} notices held for a person · ${words}`)
}

/** The incident of a hold of notices, with the counts of this moment. */
export async function tellHeld({ store, incidents }: Context, id: string): Promise<void> {
  const held = await store.notices.heldUnder(id)
  if (held.length === 0) return
  const customers = new Set(held.map(({ customer }) => customer)).size
  const words = `${held.length} notices for ${customers} customers wait for a person: too many within an hour`
  const hint = `See npm run avizo -- holds ${id}; then: npm run avizo -- approve ${id} ${customers}, or waive it to mail none of them`
  await incidents.open({ kind: 'notices-held', subject: id, words, hint })
}

/** The run that they all come from, else the hour in which they were planned. */
function causeOf(list: Unjudged[], moment: Date): string {
  const [run, ...others] = new Set(list.flatMap(({ news }) => news.map((one) => one.run)))
  return run !== undefined && others.length === 0 ? run : `planning/${moment.toISOString().slice(0, 13)}`
}

/** What no person said yes to; the rest goes first, however much it is, and does not count against these. */
async function unapproved(context: Context): Promise<Unjudged[]> {
  for (;;) {
    const read = await context.store.notices.unjudged()
    const rest = await passApproved(context, read)
    if (rest.length === read.length) return rest
  }
}

/** A person's yes to a run, or to an item's news, is one to its notices too: up to the number of customers shown. */
async function passApproved(context: Context, list: Unjudged[]): Promise<Unjudged[]> {
  const { store } = context
  let rest = list
  for (const { yes, customers, of } of await approvalsFor(context, list)) {
    const allowed = await store.notices.customersBy(yes)
    const passed = rest.filter((notice) => {
      if (!of(notice)) return false
      if (!allowed.has(notice.customer) && allowed.size >= customers) return false
      allowed.add(notice.customer)
      return true
    })
    await store.notices.pass(passed, yes)
    rest = rest.filter((notice) => !passed.includes(notice))
  }
  return rest
}

type Approved = { yes: string; customers: number; of(notice: Unjudged): boolean }

async function approvalsFor({ store }: Context, list: Unjudged[]): Promise<Approved[]> {
  const ids = [...new Set(list.flatMap(({ news }) => news.map(({ run }) => run)))]
  const runs = await store.runs.approvals(ids)
  const ofRuns = [...runs].map(([yes, customers]) => ({
    yes,
    customers,
    of: ({ news }: Unjudged) => news.some(({ run }) => run === yes),
  }))
  const wrong = [...new Set(list.flatMap(({ news }) => news.flatMap(({ corrects }) => corrects ?? [])))]
  const ofWrong = [...(await store.tellAgains.approvals(wrong))].map(([run, customers]) => ({
    yes: `tell-again/${run}`,
    customers,
    of: ({ news }: Unjudged) => news.some(({ corrects }) => corrects === run),
  }))
  const orders = new Map((await store.orders.getMany(list.map(({ order }) => order))).map((one) => [one.number, one]))
  const itemOf = (notice: Unjudged, line: string) => orders.get(notice.order)?.lines[line]?.item ?? ''
  const items = new Set(list.flatMap((notice) => notice.news.map(({ line }) => itemOf(notice, line))))
  const holds = [...(await store.holds.ofItems([...items])).values()].filter(({ state }) => state === 'approved')
  const ofNews = holds.map((held) => ({
    yes: itemHoldId(held.item),
    customers: held.customers ?? 0,
    of: (notice: Unjudged) =>
      notice.news.some((news) => itemOf(notice, news.line) === held.item && wasHeldBy(held, news)),
  }))
  return [...ofRuns, ...ofWrong, ...ofNews]
}

/** By the run that brought it: the value may be another one to each order. A title's hold ends when its value moves on. */
function wasHeldBy({ because, run }: ItemHold, news: Unjudged['news'][number]): boolean {
  if (because === 'left-stock' && news.told.kind !== 'in-stock') return false
  return because === 'title' || news.run === run
}
