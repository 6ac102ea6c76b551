import type { Context } from 'hono'
import type { DemoItem } from '../portal/items.ts'
import type { Stock } from './items.ts'
import { groups, stockOf, stocks } from './items.ts'

/** What the visitor wants to see; null until the form was sent. */
export type Filter = { group: string; stocks: Stock[] }

export const allGroups = 'alle'
export const groupNames = [allGroups, ...groups]
export const stockNames = Object.keys(stocks).filter(isStock)
/** As the form comes, only what is on the shelf is asked for. */
export const untouched: Filter = { group: '', stocks: ['lieferbar'] }

export function filterOf(context: Context): Filter | null {
  const group = context.req.query('warengruppe') ?? ''
  if (!groupNames.includes(group)) return null
  return { group, stocks: (context.req.queries('verfuegbarkeit') ?? []).filter(isStock) }
}

export function fits({ group, stocks: wanted }: Filter): (item: DemoItem) => boolean {
  return (item) => (group === allGroups || item.group === group) && wanted.includes(stockOf(item))
}

function isStock(name: string): name is Stock {
  return Object.hasOwn(stocks, name)
}
