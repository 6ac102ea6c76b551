import { diffWordsWithSpace } from 'diff'
import { z } from 'zod'
import type { Availability as Value } from '#core/domain/availability.ts'
import type { MailLanguage } from '#core/domain/language.ts'
import type { ItemHold, ItemHoldReason } from '#core/store/holds.ts'
import type { NoticesHold } from '#core/store/notice-holds.ts'
import type { Difference, RunPreview } from '#core/store/run-previews.ts'
import { differenceKinds } from '#core/store/run-previews.ts'
import type { Run } from '#core/store/runs.ts'
import { sentence } from '#templates/phrase.ts'
import type { Given } from '../given.ts'
import { Availability, Sentence } from './availability.ts'
import { Moment, moment } from './moment.ts'

export const holdKinds = ['run', 'news', 'notices'] as const
const count = z.number().int()

export const HoldView = z
  .object({
    id: z.string().meta({ examples: ['run/demo-20261122T081500Z-k3f9', 'item/demo/FIG-001'] }),
    kind: z.enum(holdKinds).meta({
      description: 'A run that looks wrong, news of one item, or notices that are too many within an hour',
    }),
    subject: z.string().meta({ description: 'The supplier, the item, or the cause' }),
    reasons: z.array(z.string()).meta({ description: 'Why it waits, in words' }),
    customers: count.nullable().meta({
      description: 'How many customers an approval would let be mailed; null while nobody has counted them',
    }),
    since: Moment,
  })
  .meta({ id: 'Hold', description: 'Something that waits for a person' })
export type HoldView = z.infer<typeof HoldView>

export const Said = z.object({ availability: Availability, sentence: Sentence })
const SaidOrNull = z.union([Said, z.null()])
const Words = z
  .array(z.object({ text: z.string(), is: z.enum(['same', 'removed', 'added']) }))
  .meta({ description: 'What differs, word by word' })

export const DifferenceView = z
  .object({
    kind: z.enum(differenceKinds),
    code: z.string(),
    title: z.string(),
    before: SaidOrNull,
    after: SaidOrNull.meta({ description: 'Null where it cannot be read, or is not there' }),
    texts: z.array(z.object({ column: z.string(), before: z.string(), after: z.string(), words: Words })),
  })
  .meta({ id: 'Difference', description: 'What a held run would make of an item' })

/** All that waits for a person, oldest first. */
export async function openHolds(store: Pick<Given['store'], 'runs' | 'holds' | 'notices'>): Promise<HoldView[]> {
  const [runs, news, notices] = await Promise.all([
    store.runs.allHeld(),
    store.holds.openOnes(),
    store.holds.openOfNotices(),
  ])
  // Of each supplier the newest comes first, and it alone stands.
  const newest = runs.filter((run, i) => run.supplier !== runs[i - 1]?.supplier)
  const held = await Promise.all(notices.map(async (hold) => viewNotices(hold, await customersUnder(store, hold.id))))
  return [...newest.map(viewHeldRun), ...news.map(viewNews), ...held].toSorted((a, b) => a.since.localeCompare(b.since))
}

export async function customersUnder(store: Pick<Given['store'], 'notices'>, hold: string): Promise<number> {
  return new Set((await store.notices.heldUnder(hold)).map(({ customer }) => customer)).size
}

export function viewHeldRun(run: Run): HoldView {
  const { id, supplier, reasons, forecast } = run
  const since = moment(run.endedAt ?? run.dueAt)
  return { id: `run/${id}`, kind: 'run', subject: supplier, reasons, customers: forecast?.customers ?? null, since }
}

export function viewNews({ id, item, because, customers, openedAt }: ItemHold): HoldView {
  const since = moment(openedAt)
  return { id, kind: 'news', subject: item, reasons: [becauseWords[because]], customers: customers ?? null, since }
}

export function viewNotices({ id, cause, words, openedAt }: NoticesHold, customers: number): HoldView {
  return { id, kind: 'notices', subject: cause, reasons: [words], customers, since: moment(openedAt) }
}

export const becauseWords: Record<ItemHoldReason, string> = {
  'sold-out': 'it is sold out: to many suppliers that means "no new orders", while placed ones still come',
  discontinued: 'it is discontinued: to many suppliers that means "no new orders", while placed ones still come',
  'too-few': 'it has arrived, but with fewer pieces than open orders wait for',
  'left-stock': 'it was told to be in stock when the order was placed, and is not any more',
  title:
    'its code comes with a title that no longer resembles the one it had; approved, the new one is right from then on',
}

export function sayValue(availability: Value, language: MailLanguage): z.infer<typeof Said> {
  return { availability, sentence: sentence(availability, language) }
}

export function viewDifferences({ differences }: RunPreview, language: MailLanguage): z.infer<typeof DifferenceView>[] {
  return differences.map(({ kind, code, title, before, after, texts }) => ({
    kind,
    code,
    title,
    before: before && sayValue(before, language),
    after: after && sayValue(after, language),
    texts: viewTexts(texts),
  }))
}

function viewTexts({ before, after }: Difference['texts']) {
  const columns = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const differing = columns.filter((column) => before[column] !== after[column])
  return differing.map((column) => {
    const [was, is] = [before[column] ?? '', after[column] ?? '']
    return { column, before: was, after: is, words: wordsOf(was, is) }
  })
}

function wordsOf(before: string, after: string): z.infer<typeof Words> {
  return diffWordsWithSpace(before, after).map(({ value, added, removed }) => {
    if (removed) return { text: value, is: 'removed' as const }
    return { text: value, is: added ? ('added' as const) : ('same' as const) }
  })
}
