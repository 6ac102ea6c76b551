import type { Command } from 'commander'
import type { Json } from '../client.ts'
import { ApiError, pathOf } from '../client.ts'
import { short, tableOf } from '../print.ts'
import type { Hand } from '../program.ts'
import { show, withJson } from '../show.ts'

type Options = { json?: boolean }
const mostListed = 1_000

export function addLinks(program: Command, hand: Hand): void {
  const links = withJson(program.command('links'))
    .description("lists which suppliers' items the shop's products are, or sets and forgets one")
    .action(async ({ json }: Options) => {
      const list = await hand.client.list('/v1/links', mostListed)
      show(hand, list, { json, say: () => sayLinks(list) })
    })
  withJson(links.command('set <product> <items...>'))
    .description('says that a product is these items, each as supplier/code; of several, SUPPLIERS_RANKING decides')
    .action(async (product: string, items: string[], { json }: Options) => {
      const link = await hand.client.put(pathOf('links', product), { items: items.map(itemOf) })
      show(hand, link, { json, say: () => sayLinks([link]) })
    })
  withJson(links.command('forget <product>'))
    .description('forgets a link; lines that found their item by it keep it')
    .action(async (product: string, { json }: Options) => {
      const forgotten = await hand.client.delete(pathOf('links', product))
      show(hand, forgotten, { json, say: () => `${product} is linked to nothing any more.` })
    })
  withJson(program.command('overdue'))
    .description('lists items with open orders whose date has passed without a word, longest first')
    .action(async ({ json }: Options) => {
      const list = await hand.client.list('/v1/overdue', mostListed)
      show(hand, list, { json, say: () => sayOverdue(list) })
    })
}

function itemOf(said: string): { supplier: string; code: string } {
  const slash = said.indexOf('/')
  if (slash < 1 || slash === said.length - 1)
    throw new ApiError(`"${said}" is no item: write supplier/code, as demo/FIG-1.`)
  return { supplier: said.slice(0, slash), code: said.slice(slash + 1) }
}

function sayLinks(list: Json[]): string {
  return tableOf(
    list,
    [
      ['product', ({ product }) => product],
      ['items', ({ items }) => items.map((one: Json) => `${one.supplier}/${one.code}${one.seen ? '' : ' (never read)'}`).join(', ')], // prettier-ignore
    ],
    'No product is linked.',
  )
}

function sayOverdue(list: Json[]): string {
  return tableOf(
    list,
    [
      ['item', ({ supplier, code }) => `${supplier} ${code}`],
      ['title', ({ title }) => title],
      ['said', ({ now }) => short(now)],
      ['overdue since', ({ since }) => since],
      ['open orders', ({ orders }) => orders],
    ],
    'No date has passed without a word.',
  )
}
