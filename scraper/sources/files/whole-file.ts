import type { Proof } from '#core/domain/messages.ts'
import { Incomplete } from '#scraper/failure.ts'
import { readAnnounced } from '#scraper/sources/announced.ts'
import { proveEqual } from '#scraper/sources/wholeness.ts'
import type { Items } from './items.ts'
import { numbersIn } from './numbers-in.ts'
import type { FileItems } from './read-items.ts'

/** `announced` is what the page says of the number of rows, null where it says nothing. */
export type Announced = { announced: string | null }

/** What the page and the file say of the number of rows must be so; where neither says anything there is no proof. */
export function proveFile(file: FileItems, { announced }: Announced): Proof[] {
  const { rows, trailer, total } = file
  if (rows === 0) throw new Incomplete('the file has not one row; an empty table is no news')
  return [
    ...(announced === null ? [] : [proveAnnounced(announced, rows)]),
    ...(trailer === null ? [] : [proveTrailer(trailer, rows)]),
    ...(total === null ? [] : [proveTotal(total, rows)]),
  ]
}

function proveAnnounced(announced: string, rows: number): Proof {
  const { total } = readAnnounced(announced)
  if (total !== rows) throw new Incomplete(`the file has ${rows} rows, but the page announces "${announced}"`)
  return { what: 'rows', said: `${rows} rows in the file = ${total} announced by the page` }
}

function proveTrailer(trailer: string, rows: number): Proof {
  const numbers = numbersIn(trailer)
  if (numbers.length > 0 && !numbers.includes(rows))
    throw new Incomplete(`the file has ${rows} rows, but its last row says "${trailer.slice(0, 120)}"`)
  const counts = numbers.length > 0 ? `, which counts its ${rows} rows` : ''
  return { what: 'trailer', said: `the file ends with "${trailer.slice(0, 120)}"${counts}` }
}

function proveTotal(total: number, rows: number): Proof {
  if (total !== rows) throw new Incomplete(`the file has ${rows} records, but says that there are ${total}`)
  return { what: 'rows', said: `${rows} records = ${total} that the file says` }
}

/** Two readings of what announces nothing must have the same items. */
export function proveSame(first: Items, second: Items): Proof {
  const [before, after] = [summary(first), summary(second)]
  return proveEqual(before, after)
}

function summary({ observations, unfit }: Items): { codes: Set<string>; rows: number } {
  return { codes: new Set(observations.map(({ code }) => code)), rows: observations.length + unfit.length }
}
