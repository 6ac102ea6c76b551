import { z } from 'zod'
import type { Column } from '#core/domain/supplier.ts'
import { Source } from './source.ts'

export type Problem = { path: string[]; message: string }

/** What of a source names a column that the definition does not have: it would be found out in the portal only. */
export function sourceProblems({ options, columns }: { options: unknown; columns: Column[] }): Problem[] {
  const source = z.object({ source: Source }).safeParse(options).data?.source
  if (source === undefined) return []
  const names = columns.map(({ name }) => name)
  const { canary, fields } = source
  const details = source.kind === 'table' ? (source.details?.cells ?? {}) : {}
  return [
    ...(canary && canary.column !== 'title' ? unknown([canary.column], names, ['canary', 'column']) : []),
    ...unknown(Object.keys(fields.cells), names, ['fields', 'cells']),
    ...unknown(Object.keys(details), names, ['details', 'cells']),
  ]
}

function unknown(given: string[], names: string[], path: string[]): Problem[] {
  return given
    .filter((name) => !names.includes(name))
    .map((name) => {
      const known = names.map((one) => `"${one}"`).join(', ')
      return { path: ['options', 'source', ...path], message: `no column is called "${name}"; there are ${known}` }
    })
}
