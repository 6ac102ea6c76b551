import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { Day } from '#core/domain/availability.ts'
import type { DemoItem } from './items.ts'

/** What the portal has, and what was said of it last. Edits survive a restart where there is a file. */
export type Shelf = {
  /** The first day: dates were made relative to it. */
  start: Day
  items(): DemoItem[]
  /** The item as it now is, or undefined where there is none of that code. */
  edit(code: string, edit: Edit): DemoItem | undefined
  /** Forgets all edits. The first day stays, so that the dates do. */
  reset(): void
}

const Edit = z.object({ delivery: z.string(), status: z.string(), quantity: z.string() }).partial()
type Edit = z.infer<typeof Edit>

/** Dates were made relative to `startDay`, so it is kept: a restart a month later shows the same dates. */
const State = z.object({
  v: z.literal(1),
  startDay: Day,
  deliveries: z.record(z.string(), z.string()),
  /** What was edited besides the delivery. */
  others: z.record(z.string(), Edit).default({}),
})
type State = z.infer<typeof State>

type Options = {
  file?: string | undefined
  today: Day
  items?: DemoItem[] | undefined
  makeItems: (start: Day) => DemoItem[]
}

export function openShelf({ file, today, items, makeItems }: Options): Shelf {
  let state: State = (file && load(file)) || { v: 1 as const, startDay: today, deliveries: {}, others: {} }
  const originals = items ?? makeItems(state.startDay)
  // Made anew at an edit only: a table of 10,000 rows is asked for 200 times.
  let current: DemoItem[] = []
  const keep = ({ deliveries, others }: Pick<State, 'deliveries' | 'others'>) => {
    const next = { ...state, deliveries, others }
    if (file) save(file, next)
    state = next
    current = originals.map((item) => edited(item, state))
  }
  keep(state)
  return {
    start: state.startDay,
    items: () => current,
    edit(code, { delivery, ...rest }) {
      if (!originals.some((original) => original.code === code)) return undefined
      const deliveries = delivery === undefined ? state.deliveries : { ...state.deliveries, [code]: delivery }
      keep({ deliveries, others: { ...state.others, [code]: { ...state.others[code], ...rest } } })
      return current.find((item) => item.code === code)
    },
    reset: () => keep({ deliveries: {}, others: {} }),
  }
}

function edited(item: DemoItem, { deliveries, others }: State): DemoItem {
  const delivery = deliveries[item.code] ?? item.delivery
  const { status = item.status, quantity = item.quantity } = others[item.code] ?? {}
  return { ...item, delivery, ...(status !== undefined && { status }), ...(quantity !== undefined && { quantity }) }
}

function load(file: string): State | undefined {
  if (!existsSync(file)) return undefined
  try {
    return State.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    throw new Error(`${file}: not a state of the demo portal; delete it to begin anew`, { cause: error })
  }
}

/** Whole or not at all: a kill in the middle leaves the old file. */
function save(file: string, state: State): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, JSON.stringify(state, null, 2))
  renameSync(`${file}.new`, file)
}
