import { many } from '#core/domain/many.ts'
import type { Checked } from './check-supplier.ts'
import { differenceLines } from './compare.ts'

/** One line where all is well; else what is wrong, with the differences as a table. */
export function checkedLines({ id, number, pages, problems, hints }: Checked): string[] {
  const items = pages.reduce((sum, page) => sum + page.items, 0)
  const read = pages.length === 0 ? 'no saved pages' : `${many(pages.length, 'saved page')}, ${many(items, 'item')}`
  const head = `${problems.length === 0 ? '✔' : '✖'} ${id}: ${read}${number === null ? '' : `, number ${number}`}`
  const tables = pages
    .filter(({ differences }) => differences.length > 0)
    .flatMap(({ file, differences, accepted }) => [
      `${file}: ${many(differences.length, 'difference')}${accepted ? ', written down as what is to be read' : ''}`,
      ...differenceLines(differences).map((line) => `  ${line}`),
    ])
  return [head, ...[...tables, ...problems, ...hints].flatMap((line) => line.split('\n')).map((line) => `    ${line}`)]
}
