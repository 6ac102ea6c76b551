/** From how many customers within a rolling hour on nothing is sent without a person's yes (P5). */
export type HourlyLimit = {
  /** So many customers may be mailed, by any share. */
  customers: number
  /** Where it is more than the floor: of the open orders, so large a share. */
  share: number
  floor: number
}

export const defaultHourlyLimit: HourlyLimit = { customers: 200, share: 0.2, floor: 20 }

export function isOver(limit: HourlyLimit, customers: number, openOrders: number): boolean {
  return customers > limit.customers || (customers > limit.floor && customers > limit.share * openOrders)
}
