import { basename } from 'node:path'
import type { Json } from './client.ts'
import { ApiError, pathOf } from './client.ts'
import type { Hand } from './program.ts'
import { readOrders, type Row } from './read-orders.ts'
import { show, tellProgress } from './show.ts'

/** As much as the API takes in one request. */
const [mostOrders, mostBytes] = [200, 1_000_000]

type Said = { line: number; words: string }
type Imported = { taken: number; older: number; refused: Said[]; warned: Said[] }
type Order = Extract<Row, { order: Json }>

/** Row by row: what cannot be taken in is named with its line, and the rest is taken in all the same. */
export async function importOrders(hand: Hand, file: string, json: boolean | undefined): Promise<void> {
  const rows = await readOrders(file)
  const imported: Imported = { taken: 0, older: 0, refused: [], warned: [] }
  const orders = rows.flatMap((row) => ('wrong' in row ? refuse(imported, row.line, row.wrong) : silent(imported, row)))
  const progress = tellProgress(hand, orders.length, 'orders')
  let done = 0
  for (const batch of batchesOf(imported, orders)) {
    const body = { orders: batch.map(({ order }) => order) }
    const { results } = await hand.client.post(pathOf('orders', 'bulk'), body).catch((error: Error) => {
      throw new ApiError(`${error.message}\nThe file is taken in up to its line ${batch[0]?.line}: import it again, what is in already stays as it is.`) // prettier-ignore
    })
    for (const [i, result] of (results as Json[]).entries()) note(imported, batch[i] as Order, result)
    done += batch.length
    progress.at(done)
  }
  progress.wipe()
  show(hand, imported, { json, say: () => sayImported(imported, basename(file)) })
  if (imported.refused.length > 0)
    throw new ApiError('Mend the rows named above and import the file again: what is in already stays as it is.')
}

/** Whatever a row says: nobody is mailed of what an import brings along. */
function silent({ warned }: Imported, row: Order): [Order] {
  if (row.order?.notifyNow === true)
    warned.push({ line: row.line, words: 'its notifyNow is not heeded: an import mails nobody' })
  return [{ ...row, order: { ...row.order, notifyNow: false } }]
}

function refuse({ refused }: Imported, line: number, words: string): [] {
  refused.push({ line, words })
  return []
}

function* batchesOf(imported: Imported, orders: Order[]): Generator<Order[]> {
  let [batch, bytes]: [Order[], number] = [[], 0]
  for (const row of orders) {
    const size = Buffer.byteLength(JSON.stringify(row.order)) + 1
    if (size > mostBytes) {
      refuse(imported, row.line, `the order has ${size} bytes: the API takes ${mostBytes}`)
      continue
    }
    if (batch.length === mostOrders || bytes + size > mostBytes) {
      yield batch
      ;[batch, bytes] = [[], 0]
    }
    batch.push(row)
    bytes += size
  }
  if (batch.length > 0) yield batch
}

function note(imported: Imported, row: Order, { outcome, problems, warnings }: Json): void {
  if (outcome === 'invalid') refuse(imported, lineOf(row, problems[0]?.path), problems.map(sayProblem).join('; '))
  else imported[outcome === 'older' ? 'older' : 'taken'] += 1
  for (const { path, message } of warnings as Json[]) imported.warned.push({ line: lineOf(row, path), words: message })
}

/** The row that the line of the order stands in, where it has one of its own. */
function lineOf({ line, lineRows }: Order, path = ''): number {
  const [, index] = /^lines\.(\d+)/.exec(path) ?? []
  return (index && lineRows?.[Number(index)]) || line
}

function sayProblem({ path, expected }: Json): string {
  return `${path}: ${expected}`
}

function sayImported({ taken, older, refused, warned }: Imported, file: string): string {
  const rows = [...refused, ...warned].sort((a, b) => a.line - b.line)
  const counts = [
    `${taken} orders taken in`,
    ...(older > 0 ? [`${older} left as they are, for what is stored is newer`] : []),
    `${refused.length} refused`,
  ]
  return [
    ...rows.map(({ line, words }) => `${file}:${line}: ${words}`),
    `${counts.join(', ')}; nobody is mailed of what they bring along.`,
  ].join('\n')
}
