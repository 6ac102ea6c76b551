import type { ItemHold } from '#core/store/holds.ts'
import type { NoticesHold } from '#core/store/notice-holds.ts'
import type { Run } from '#core/store/runs.ts'
import type { Attend } from './attend.ts'
import { Refused } from './errors.ts'
import type { Given } from './given.ts'
import { moment } from './views/moment.ts'

/** What a person was shown, as they name it. */
export type Shown = { customers?: number | undefined; silent?: boolean | undefined; since?: string | undefined }
export type Hold = { kind: 'run'; run: Run } | { kind: 'news'; hold: ItemHold } | { kind: 'notices'; hold: NoticesHold }
export type HoldDecisions = ReturnType<typeof makeHoldDecisions>

/** What a person says of what waits for them. Each is refused, in words, where it is not as they were shown. */
export function makeHoldDecisions({ store, attend }: Pick<Given, 'store'> & { attend: Attend }) {
  async function find(id: string): Promise<Hold> {
    const name = id.slice(id.indexOf('/') + 1)
    const run = id.startsWith('run/') ? await store.runs.get(name) : null
    if (run !== null) return { kind: 'run', run }
    const news = id.startsWith('item/') ? (await store.holds.ofItems([name])).get(name) : undefined
    if (news !== undefined) return { kind: 'news', hold: news }
    const notices = id.startsWith('cause/') ? await store.holds.ofNotices(id) : null
    if (notices !== null) return { kind: 'notices', hold: notices }
    throw new Refused('not-found', `There is no hold "${id}"; npm run avizo -- holds lists what waits.`)
  }

  return {
    find,

    async approve(id: string, shown: Shown): Promise<void> {
      await attend.refresh(id)
      const found = await find(id)
      switch (found.kind) {
        case 'run':
          await approveRun(store, found.run, shown)
          break
        case 'news':
          await approveNews(store, found.hold, shown)
          break
        case 'notices':
          await approveNotices(store, found.hold, shown)
          break
        default:
          return found satisfies never
      }
      attend.hurry(id)
    },

    async discard(id: string): Promise<void> {
      const found = await find(id)
      if (found.kind !== 'run')
        throw new Refused('not-held', `"${id}" is no run: what it would say is waived or approved.`)
      const { id: run } = found.run
      const isRejected = await store.runs.reject(run, 'a person discarded it', { state: 'held' })
      if (!isRejected) throw new Refused('not-held', `The run "${run}" is not held${stateWords(found.run)}.`)
      attend.hurry(id)
    },

    async waive(id: string): Promise<void> {
      const found = await find(id)
      if (found.kind === 'run')
        throw new Refused('not-held', `"${id}" is a run: it is discarded, or approved with {"silent": true}.`)
      const isWaived =
        found.kind === 'news' ? await waiveNews(store, found.hold) : await store.holds.waiveNotices(found.hold.id)
      if (!isWaived) throw noLonger(id, found.hold.state)
      attend.hurry(id)
    },
  }
}

async function approveRun(store: Given['store'], run: Run, shown: Shown): Promise<void> {
  const { id, state, forecast } = run
  const number = forecast?.customers ?? 0
  refuseOtherMoment(shown, run.endedAt ?? run.dueAt)
  // Nobody has to name a number where nobody would be mailed.
  if (state === 'held' && shown.customers === undefined && number > 0) throw otherNumber(id, number)
  const { customers, silent } = shown
  const outcome = await store.runs.approve(id, {
    ...(customers !== undefined && { customers }),
    ...(silent && { silent: true }),
  })
  switch (outcome) {
    case 'approved':
      return
    case 'other-number':
      throw otherNumber(id, (await store.runs.get(id))?.forecast?.customers ?? number, customers)
    case 'another-under-way':
      throw new Refused('not-held', `Another run of this supplier is under way, and will end the hold of "${id}".`)
    case 'parts-gone':
      throw new Refused('not-held', `What the run "${id}" read is kept no more: discard it, and ask for another.`)
    case 'not-held':
      throw new Refused('not-held', `The run "${id}" is not held${stateWords(run)}.`)
    default:
      return outcome satisfies never
  }
}

async function approveNews(store: Given['store'], hold: ItemHold, shown: Shown): Promise<void> {
  const { id, item, because, value, run, customers, state, openedAt } = hold
  if (state !== 'open') throw noLonger(id, state)
  refuseSilent(shown)
  refuseOtherMoment(shown, openedAt)
  if (customers === undefined)
    throw new Refused('not-now', 'Nobody has counted yet whom it concerns. Repeat the request in a few seconds.')
  if (shown.customers !== customers) throw otherNumber(id, customers, shown.customers)
  if (!(await store.holds.decide({ item, because, value, run, customers }, 'approved')))
    throw new Refused('not-as-shown', `"${id}" has just changed: look at it again.`)
}

async function waiveNews(store: Given['store'], { item, because, value, run }: ItemHold): Promise<boolean> {
  return store.holds.decide({ item, because, value, run }, 'waived')
}

async function approveNotices(
  store: Given['store'],
  { id, state, openedAt }: NoticesHold,
  shown: Shown,
): Promise<void> {
  if (state !== 'open') throw noLonger(id, state)
  refuseSilent(shown)
  refuseOtherMoment(shown, openedAt)
  const held = await store.notices.heldUnder(id)
  const customers = new Set(held.map(({ customer }) => customer)).size
  if (shown.customers !== customers) throw otherNumber(id, customers, shown.customers)
  await store.notices.free(
    held.map((notice) => notice.id),
    id,
  )
  // Others that joined meanwhile were not shown: they go on waiting.
  if ((await store.notices.heldUnder(id)).length === 0) await store.holds.endNotices(id, 'approved')
}

function refuseSilent({ silent }: Shown): void {
  if (silent) throw new Refused('not-held', 'Only a run is approved without mailing; this is waived instead.')
}

function refuseOtherMoment({ since }: Shown, moment_: Date): void {
  if (since === undefined || since === moment(moment_)) return
  throw new Refused('not-as-shown', `It waits since ${moment(moment_)}, not ${since}: look at it again.`)
}

function otherNumber(id: string, now: number, shown?: number): Refused {
  const said = shown === undefined ? 'the request names no number' : `not ${shown}`
  return new Refused(
    'not-as-shown',
    `"${id}" would mail ${now} customers now, ${said}: look at it again, then approve with {"customers": ${now}}.`,
  )
}

function noLonger(id: string, state: string): Refused {
  return new Refused('not-held', `"${id}" waits no longer: it is ${state}.`)
}

/** What became of it instead, so that nobody has to look. */
function stateWords({ state, reasons }: Run): string {
  if (state === 'held') return ' any more'
  return `: it is ${state}${state === 'rejected' && reasons.length > 0 ? ` (${reasons.at(-1)})` : ''}`
}
