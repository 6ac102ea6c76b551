import type { Gates } from '#core/domain/supplier.ts'

/** What a run would do to the items that are known, in numbers. */
export type Tally = {
  /** Rows of the run. */
  rows: number
  /** Known items that the run before had, and how many of them the run does not have. */
  known: number
  lost: number
  /** Items whose value would move. */
  changed: number
  /** Of the changed: now sold out or discontinued. */
  gone: number
  /** Items that cannot be read for a text that is new, all that cannot be read, and how many could not before. */
  unreadableNew: number
  unreadable: number
  unreadableBefore: number
  /** How many expected dates moved by how many days, both ends alike. */
  shifts: Map<number, number>
  /** The first cell whose date is impossible in the declared order of day and month, but possible in the other. */
  wrongOrder: { code: string; text: string } | null
  /** Customers that it would mail, by address, and open orders of the shop. */
  customers: number
  openOrders: number
}

/** Against what a run is judged; the first accepted run of a supplier has nothing to be compared with. */
type Judged = { tally: Tally; gates: Gates; isBaseline: boolean }

const grownBy = 5
const grownFloor = 10

/** Why a run is held, each gate that it trips in words; none where it may be applied (RULES section 5). */
export function trippedGates({ tally, gates, isBaseline }: Judged): string[] {
  const wrongOrder = tally.wrongOrder === null ? [] : [sayWrongOrder(tally.wrongOrder)]
  return isBaseline ? wrongOrder : [...wrongOrder, ...compared(tally, gates)]
}

function compared(tally: Tally, gates: Gates): string[] {
  const { known, lost, changed, gone, rows, unreadableNew } = tally
  const [days, shifted] = commonShift(tally.shifts)
  return [
    says(gates.rowsLost, lost, known, (share) => `${lost} of ${known} known items are not in it (${share})`),
    says(gates.itemsChanged, changed, known, (share) => `${changed} of ${known} items would change (${share})`),
    says(gates.gone, gone, known, (share) => `${gone} of ${known} items became sold out or discontinued (${share})`),
    says(
      gates.unreadable,
      unreadableNew,
      rows,
      (share) => `${unreadableNew} of ${rows} items have a new text that cannot be read (${share})`,
    ),
    sayGrown(tally),
    says(
      gates.sameShift,
      shifted,
      changed,
      (share) => `${shifted} of ${changed} changes are a shift by the same ${days} days (${share})`,
    ),
    sayCustomers(tally, gates.customers),
  ].filter((reason) => reason !== null)
}

/** A gate trips where both its share and its floor are reached. */
function says(
  gate: { share: number; floor: number },
  part: number,
  ...[whole, words]: [number, (share: string) => string]
): string | null {
  if (part === 0 || part < gate.floor || part < gate.share * whole) return null
  return words(`${Math.round((part / Math.max(whole, 1)) * 100)} %`)
}

/** So many customers are too many by any share. */
function sayCustomers({ customers, openOrders }: Tally, gate: Gates['customers']): string | null {
  if (customers >= gate.most) return `${customers} customers would be mailed`
  const words = (share: string) => `${customers} customers would be mailed, of ${openOrders} open orders (${share})`
  return says(gate, customers, openOrders, words)
}

function sayGrown({ unreadable, unreadableBefore }: Tally): string | null {
  if (unreadable < grownFloor || unreadable < grownBy * Math.max(unreadableBefore, 1)) return null
  return `${unreadable} items cannot be read, before it were ${unreadableBefore}`
}

function commonShift(shifts: Map<number, number>): [days: number, times: number] {
  let most: [number, number] = [0, 0]
  for (const [days, times] of shifts) if (times > most[1]) most = [days, times]
  return most
}

function sayWrongOrder({ code, text }: { code: string; text: string }): string {
  return `"${text}" of ${code} is no date in the declared order of day and month, but one in the other`
}
