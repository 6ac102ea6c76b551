import { z } from 'zod'
import type { MailLanguage } from '#core/domain/language.ts'
import type { ItemHold } from '#core/store/holds.ts'
import type { NoticesHold } from '#core/store/notice-holds.ts'
import type { Run } from '#core/store/runs.ts'
import type { Given } from '../given.ts'
import type { Hold } from '../hold-decisions.ts'
import { Availability, Sentence } from './availability.ts'
import { DifferenceView, HoldView, sayValue, viewDifferences, viewHeldRun, viewNews, viewNotices } from './hold.ts'
import { RunView, viewRun } from './run.ts'

const count = z.number().int()
/** Orders that a person is shown; more would not be read. */
const mostOrders = 50

const HeldRun = z.object({
  run: RunView,
  totals: z
    .object({ changed: count, unreadable: count, missing: count, new: count })
    .meta({ description: 'How many items differ, and how' }),
  differences: z.array(DifferenceView).meta({ description: 'Of each kind the first ones' }),
  evidence: z.array(z.string()).meta({
    description: 'Where pictures, pages and files that it left are',
    examples: [['/v1/runs/demo-…/evidence/1']],
  }),
})
const HeldNews = z.object({
  item: z.object({ supplier: z.string(), code: z.string(), title: z.string().nullable() }),
  availability: Availability,
  sentence: Sentence,
  pieces: count.nullable().meta({ description: 'That open lines wait for' }),
})
const HeldNotices = z.object({
  notices: count,
  orders: z.array(z.string()).meta({ description: 'Their orders, the first ones' }),
})

/** Not `.nullable()`: that would make every mention of a part in the document one that may be null. */
export const HoldDetails = HoldView.extend({
  run: z.union([HeldRun, z.null()]),
  news: z.union([HeldNews, z.null()]),
  notices: z.union([HeldNotices, z.null()]),
}).meta({ id: 'HoldDetails', description: 'What waits, with all that a person needs to decide' })
type HoldDetails = z.infer<typeof HoldDetails>

type Around = { store: Given['store']; language: MailLanguage }

export async function viewHold(hold: Hold, around: Around): Promise<HoldDetails> {
  const nothing = { run: null, news: null, notices: null }
  switch (hold.kind) {
    case 'run':
      return { ...viewHeldRun(hold.run), ...nothing, run: await detailsOfRun(hold.run, around) }
    case 'news':
      return { ...viewNews(hold.hold), ...nothing, news: await detailsOfNews(hold.hold, around) }
    case 'notices':
      return { ...nothing, ...(await detailsOfNotices(hold.hold, around)) }
    default:
      return hold satisfies never
  }
}

async function detailsOfRun(run: Run, { store, language }: Around): Promise<NonNullable<HoldDetails['run']>> {
  const nothing = { totals: { changed: 0, unreadable: 0, missing: 0, new: 0 }, differences: [] }
  const preview = (await store.holds.preview(run.id)) ?? nothing
  const evidence = (await store.evidence.of(run.id)).flatMap(({ picture, page, file }, i) => {
    const place = `/v1/runs/${run.id}/evidence/${i + 1}`
    return [...(picture ? [place] : []), ...(page ? [`${place}/page`] : []), ...(file ? [`${place}/file`] : [])]
  })
  return { run: viewRun(run), totals: preview.totals, differences: viewDifferences(preview, language), evidence }
}

async function detailsOfNews(
  { item, value, pieces }: ItemHold,
  { store, language }: Around,
): Promise<NonNullable<HoldDetails['news']>> {
  const [supplier, code] = [item.slice(0, item.indexOf('/')), item.slice(item.indexOf('/') + 1)]
  const title = (await store.items.get(item))?.title ?? null
  return { item: { supplier, code, title }, ...sayValue(value, language), pieces: pieces ?? null }
}

async function detailsOfNotices(hold: NoticesHold, { store }: Around) {
  const held = await store.notices.heldUnder(hold.id)
  const customers = new Set(held.map(({ customer }) => customer)).size
  const orders = held.slice(0, mostOrders).map(({ order }) => order)
  return { ...viewNotices(hold, customers), notices: { notices: held.length, orders } }
}
