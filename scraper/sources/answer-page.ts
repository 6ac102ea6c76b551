import type { UnfitRow } from '#core/domain/messages.ts'
import type { Column } from '#core/domain/supplier.ts'
import type { Gaps } from './files/gaps.ts'
import { checkGaps, gapsOf } from './files/gaps.ts'
import type { Items } from './files/items.ts'
import { itemsOf, wordingsOf } from './files/items.ts'
import { parseJson } from './files/json.ts'
import { recordsAt, tableOfRecords, totalAt } from './files/records.ts'
import type { PageJsonSource } from './source.ts'
import type { PageRead } from './wholeness.ts'

/** A page of the list, read from one answer. */
export type AnswerPage = PageRead & Items & { page: number; gaps: Gaps }

type Wanted = {
  source: Pick<PageJsonSource, 'records' | 'whole' | 'fields' | 'others'>
  columns: Column[]
  page: number
  /** Those of the first page; a further one may have few records, and none with all paths. */
  gaps?: Gaps
}

export function readAnswer(bytes: Uint8Array, { source, columns, page, gaps = new Map() }: Wanted): AnswerPage {
  const tree = parseJson(bytes)
  const { records, whole, fields, others } = source
  const wanted = wordingsOf({ fields, columns })
  const list = recordsAt(tree, records)
  checkGaps(list, { gaps, page })
  const table = tableOfRecords(list, { wanted, total: null, present: [...gaps.keys()] })
  const { observations, unfit } = itemsOf(table, { fields, columns, others })
  const total = whole.total === undefined ? undefined : totalAt(tree, whole.total)
  const pages = whole.pages === undefined ? undefined : totalAt(tree, whole.pages)
  return {
    page,
    gaps: gapsOf(list, wanted),
    headers: table.headers.filter((header) => wanted.includes(header)),
    rows: table.rows.length,
    ...(total !== undefined && { announced: { said: String(total), total } }),
    ...(pages !== undefined && { pages: { pages } }),
    observations,
    unfit: unfit.map((row): UnfitRow => ({ ...row, where: `page ${page}, ${row.where}` })),
  }
}
