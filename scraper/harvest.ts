import { Code } from '#core/domain/ids.ts'
import type { Observation, Proof, UnfitRow } from '#core/domain/messages.ts'
import type { Column } from '#core/domain/supplier.ts'
import { Incomplete, PortalChanged } from './failure.ts'

type Wanted = { columns: Column[]; part: (part: number, observations: Observation[]) => void }
export type Harvest = ReturnType<typeof makeHarvest>

const partSize = 500
/** What a message may hold of them. */
const mostUnfit = 100

/** Gathers what a robot observes into parts, and holds it to what is true of every portal, whatever the robot checks. */
export function makeHarvest({ columns, part }: Wanted) {
  const codes = new Set<string>()
  const unfit: UnfitRow[] = []
  let waiting: Observation[] = []
  let parts = 0
  let pages = 0

  function takeOne(row: Observation): void {
    const observation = checked(row, columns)
    if (codes.has(observation.code)) {
      throw new Incomplete(`the code "${observation.code}" stands in two rows; each item must be there once`)
    }
    codes.add(observation.code)
    waiting.push(observation)
    if (waiting.length === partSize) hand()
  }
  function hand(): void {
    if (waiting.length === 0) return
    parts += 1
    part(parts, waiting)
    waiting = []
  }
  return {
    counts: () => ({ pages, rows: codes.size }),
    /** Rows that don't fit; of those whose code is known the item is unreadable, not missing. */
    unfit(rows: UnfitRow[]): void {
      unfit.push(...rows)
      for (const { code, said } of rows) if (code !== undefined) takeOne({ code, title: '', cells: {}, said })
    },
    observe(rows: Observation[]): void {
      for (const row of rows) takeOne(row)
      pages += 1
    },
    /** Hands the last part over; a run without rows is no run. */
    end(): { rows: number; parts: number; proof: Proof; unfit?: UnfitRow[] } {
      if (codes.size === 0) throw new Incomplete('not one row was read; an empty table is no news')
      hand()
      const proof = { what: 'codes', said: `${codes.size} codes, none empty, none twice` }
      return { rows: codes.size, parts, proof, ...(unfit.length > 0 && { unfit: unfit.slice(0, mostUnfit) }) }
    },
  }
}

function checked(row: Observation, columns: Column[]): Observation {
  const code = Code.safeParse(row.code)
  if (!code.success)
    throw new PortalChanged(`the row "${row.title.slice(0, 80)}" has no code, or one over 200 characters`)
  if (row.said !== undefined) return { ...row, code: code.data }
  const absent = columns.find(({ name }) => row.cells[name] === undefined)
  if (absent) throw new PortalChanged(`the row of "${code.data}" has no cell in the column "${absent.name}"`)
  return { ...row, code: code.data }
}
