import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { Json } from '../client.ts'
import { ApiError, pathOf } from '../client.ts'
import { short, tableOf, when } from '../print.ts'
import type { Hand } from '../program.ts'
import { show, withJson } from '../show.ts'

type Options = { json?: boolean; because?: string; with?: string }

export function addSuppliers(program: Command, hand: Hand): void {
  const suppliers = withJson(program.command('suppliers'))
    .description('lists all suppliers, or pauses, resumes or retires one')
    .action(async ({ json }: Options) => {
      const { items } = await hand.client.get('/v1/suppliers')
      show(hand, items, { json, say: () => saySuppliers(items) })
    })
  withJson(suppliers.command('pause <id>'))
    .description('reads it no more until somebody resumes it')
    .requiredOption('--because <words>', 'why: whoever looks at it later wants to know')
    .action(async (id: string, { because, json }: Options) => {
      const supplier = await hand.client.post(pathOf('suppliers', id, 'pause'), { because })
      show(hand, supplier, { json, say: () => saySuppliers([supplier]) })
    })
  withJson(suppliers.command('resume <id>'))
    .description(
      'reads it again; after a refused sign-in look at account and password first; of a retired one, what customers do not know yet is due again',
    )
    .action(async (id: string, { json }: Options) => {
      const supplier = await hand.client.post(pathOf('suppliers', id, 'resume'))
      show(hand, supplier, { json, say: () => saySuppliers([supplier]) })
    })
  withJson(suppliers.command('retire <id>'))
    .description(
      'reads it never again, mails nothing of it, and is reminded of nothing; says how many open orders wait for its items',
    )
    .requiredOption('--because <words>', 'why: whoever looks at it later wants to know')
    .action(async (id: string, { because, json }: Options) => {
      const supplier = await hand.client.post(pathOf('suppliers', id, 'retire'), { because })
      const say = () =>
        `${id} is retired; ${supplier.openOrders} open orders wait for its items, and hear nothing more of them.`
      show(hand, supplier, { json, say })
    })
  withJson(program.command('reread <supplier>'))
    .description('shows which readings would change if the stored texts were read anew; nothing is changed')
    .requiredOption(
      '--dry',
      'only this: really read anew they are when the definition or the grammar has a higher number',
    )
    .option(
      '--with <file>',
      'a JSON file with what another definition would have: words, columns, language, relative …',
    )
    .action(async (supplier: string, { with: file, json }: Options) => {
      const instead = file === undefined ? {} : await readJson(file)
      const found = await hand.client.post(pathOf('suppliers', supplier, 'rereading'), instead)
      show(hand, found, { json, say: () => sayRereading(found) })
    })
  withJson(program.command('item <supplier> <code>'))
    .description('shows an item and what accepted runs made of it')
    .action(async (supplier: string, code: string, { json }: Options) => {
      const item = await hand.client.get(pathOf('items', supplier, code))
      const history = await hand.client.list(`${pathOf('items', supplier, code)}/history`, 50)
      show(hand, { ...item, history }, { json, say: () => sayItem(item, history) })
    })
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new ApiError(`${file} is no JSON file: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function sayRereading({ items, different, news, grammar, readings }: Json): string {
  const table = tableOf(
    readings,
    [
      ['item', ({ code }) => code],
      ['said', ({ texts }) => Object.values(texts).join(', ')],
      ['before', ({ before }) => short(before?.availability)],
      ['after', ({ after }) => (after ? short(after.availability) : 'unreadable')],
    ],
    'None would be read differently.',
  )
  return `${different} of ${items} items would be read differently by grammar ${grammar}, ${news} of them as another date; nobody would be told\n${table}` // prettier-ignore
}

function saySuppliers(list: Json[]): string {
  return tableOf(
    list,
    [
      ['supplier', ({ id }) => id],
      ['name', ({ name }) => name],
      ['last accepted run', ({ lastAccepted }) => when(lastAccepted?.at)],
      ['items', ({ lastAccepted }) => lastAccepted?.items],
      ['state', ({ paused, blocked, stale }) => stateOf({ paused, blocked, stale })],
    ],
    'No supplier has been declared: does the scraper run, and is there a folder in SUPPLIERS_DIR?',
  )
}

function stateOf({ paused, blocked, stale }: Json): string {
  if (paused) return `${paused.retired ? 'retired' : 'paused'}: ${paused.because}`
  if (blocked) return blocked.words
  return stale ? 'stale: no accepted run for too long' : 'is read'
}

function sayItem(item: Json, history: Json[]): string {
  const marks = item.marks.length > 0 ? `\nmarks: ${item.marks.join(', ')}` : ''
  const texts = Object.entries(item.texts).map(([column, text]) => `${column}: "${String(text)}"`)
  const head = `${item.supplier} ${item.code} · ${item.title}\nnow: ${short(item.now)} · ${texts.join(', ')}${marks}`
  const table = tableOf(
    history,
    [
      ['at', ({ at }) => when(at)],
      ['change', ({ kind }) => kind ?? 'first or same'],
      ['before', ({ before }) => (before ? short(before) : '')],
      ['after', ({ after }) => short(after)],
      ['run', ({ run }) => run],
    ],
    'It has no history yet.',
  )
  return `${head}\n\n${table}`
}
