import type { Command } from 'commander'
import type { Json } from '../client.ts'
import { pathOf } from '../client.ts'
import { numberOf, short, tableOf, when } from '../print.ts'
import { sayDifferences } from '../differences.ts'
import type { Hand } from '../program.ts'
import { show, withJson } from '../show.ts'

type Options = { json?: boolean; silent?: boolean }

export function addHolds(program: Command, hand: Hand): void {
  withJson(program.command('holds [id]'))
    .description('lists what waits for a person; with an id, what it would change and whom it concerns')
    .action(async (id: string | undefined, { json }: Options) => {
      if (id !== undefined) {
        const hold = await hand.client.get(pathOf('holds', id))
        return show(hand, hold, { json, say: () => sayHold(hold) })
      }
      const { items } = await hand.client.get('/v1/holds')
      show(hand, items, { json, say: () => sayHolds(items) })
    })
  withJson(program.command('approve <id> <customers>'))
    .description('says that it is right, for as many customers as were shown; refused where they are others by now')
    .option('--silent', 'of a run: apply it, and mail nobody of what becomes due by it')
    .action(async (id: string, customers: string, { silent, json }: Options) => {
      const body = { customers: numberOf(customers), ...(silent && { silent }) }
      const decided = await hand.client.post(`${pathOf('holds', id)}/approve`, body)
      show(hand, decided, { json, say: () => `${id} is approved${silent ? '; nobody is mailed of it' : ''}.` })
    })
  withJson(program.command('discard <id>'))
    .description('says that a held run is wrong: it moves nothing')
    .action(async (id: string, { json }: Options) => {
      const decided = await hand.client.post(`${pathOf('holds', id)}/discard`)
      show(hand, decided, { json, say: () => `${id} is discarded; the next run is judged anew.` })
    })
  withJson(program.command('waive <id>'))
    .description('says that nobody is to be mailed of it: news of an item, or notices')
    .action(async (id: string, { json }: Options) => {
      const decided = await hand.client.post(`${pathOf('holds', id)}/waive`)
      show(hand, decided, { json, say: () => `${id} is waived: it is so, and nobody is told.` })
    })
}

function sayHolds(list: Json[]): string {
  return tableOf(
    list,
    [
      ['id', ({ id }) => id],
      ['what', ({ kind }) => kind],
      ['customers', ({ customers }) => customers],
      ['since', ({ since }) => when(since)],
      ['why', ({ reasons }) => reasons.join('; ')],
    ],
    'Nothing waits for a person.',
  )
}

function sayHold(hold: Json): string {
  const head = [
    `${hold.id} · since ${when(hold.since)} · ${hold.customers ?? 'not yet counted'} customers`,
    ...hold.reasons.map((reason: string) => `  ${reason}`),
  ]
  return [...head, ...sayRun(hold.run), ...sayNews(hold.news), ...sayNotices(hold.notices)].join('\n')
}

function sayRun(run: Json): string[] {
  if (!run) return []
  const evidence = run.evidence.length > 0 ? [`evidence: npm run avizo -- evidence ${run.run.id} <folder>`] : []
  return ['', ...sayDifferences(run), ...evidence]
}

function sayNews(news: Json): string[] {
  if (!news) return []
  const pieces = news.pieces === null ? '' : ` · ${news.pieces} pieces are waited for`
  return [`${news.item.supplier} ${news.item.code} · ${news.item.title ?? ''}: ${short(news.availability)}${pieces}`]
}

function sayNotices(notices: Json): string[] {
  return notices ? [`${notices.notices} notices, of orders ${notices.orders.join(', ')}`] : []
}
