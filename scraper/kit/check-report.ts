import type { Checked } from './check-supplier.ts'
import { differenceLines } from './compare.ts'
import { count } from './text-table.ts'

/** One line where all is well; else what is wrong, with the differences as a table. */
export function checkedLines({ id, number, pages, problems, hints }: Checked): string[] {
  const items = pages.reduce((sum, page) => sum + page.items, 0)
  const read = pages.length === 0 ? 'no saved pages' : `${count(pages.length, 'saved page')}, ${count(items, 'item')}`
  const head = `${problems.length === 0 ? '✔' : '✖'} ${id}: ${read}${number === null ? '' : `, number ${number}`}`
  const tables = pages
    .filter(({ differences }) => differences.length > 0)
    .flatMap(({ file, differences, accepted }) => [
      `${file}: ${count(differences.length, 'difference')}${accepted ? ', written down as what is to be read' : ''}`,
      ...differenceLines(differences).map((line) => `  ${line}`),
    ])
  return [head, ...[...tables, ...problems, ...hints].flatMap((line) => line.split('\n')).map((line) => `    ${line}`)]
}
