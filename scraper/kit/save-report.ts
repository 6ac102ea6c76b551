import type { Column } from '#core/domain/supplier.ts'
import { expectationFile } from './fixture.ts'
import type { Item } from './read-items.ts'
import { itemLines } from './try-report.ts'
import { dirname, parse } from 'node:path'
import { many } from '#core/domain/many.ts'

type Saved = { id: string; file: string; items: Item[]; rows: number; columns: Column[] }

/** What was saved, and what is a person's to do now. */
export function savedLines({ id, file, items, rows, columns }: Saved): string[] {
  const expectation = expectationFile(dirname(file), parse(file).name)
  const unreadable = items.filter(({ reading }) => reading.kind === 'unreadable').length
  const part = items.length < rows ? `, of the ${rows} that the whole run read` : ''
  return [
    ...itemLines(items, columns, false),
    '',
    `Saved: ${file}, with ${many(items.length, 'item')}${part}`,
    `Expectation: ${expectation}`,
    '',
    'Now look at the expectation as if somebody else had made it:',
    '  - does each "reading" say what the raw text beside it means?',
    ...(unreadable > 0
      ? [`  - ${many(unreadable, 'item')} ${unreadable === 1 ? 'is' : 'are'} unreadable: could a person read the text?`]
      : []),
    '  - does the page hold anything that is nobody else’s business (prices, names)? It will be in version control.',
    `Then commit the folder. From now on this reads it again: npm run supplier check ${id}`,
  ]
}
