import PQueue from 'p-queue'
import { Incomplete, TooLarge } from '#scraper/failure.ts'
import type { Visit } from '#scraper/robot.ts'
import type { AnswerPage } from './answer-page.ts'
import { mostPages } from './by-parameter.ts'

type Further = { first: AnswerPage; read: (n: number) => Promise<AnswerPage>; take: (page: AnswerPage) => void }

/** All pages after the first: as many as are announced, several at once; else one by one until there are no more. */
export async function readFurther(visit: Visit, { first, read, take }: Further): Promise<void> {
  const count = pagesOf(first)
  if (count === null) return readUntilEmpty(read, take)
  await inParallel(visit, { count, act: async (n) => take(await read(n)) })
}

/** As many as are announced; null where nothing is. */
function pagesOf({ announced, pages, rows }: AnswerPage): number | null {
  const count = pages?.pages ?? (announced === undefined ? null : announced.total / Math.max(rows, 1))
  if (count !== null && count > mostPages) throw tooMany(Math.ceil(count))
  return count === null ? null : Math.ceil(count)
}

function tooMany(count: number): TooLarge {
  return new TooLarge(
    `${count} pages are announced, more than the ${mostPages} that are read: does "whole" name the right number? ` +
      'If it does, have the page ask for more records at once (steps in "prepare")',
  )
}

/** An empty page is the end if the one after it is empty too: else records were left out. */
async function readUntilEmpty(read: Further['read'], take: Further['take']): Promise<void> {
  for (let n = 2; n <= mostPages; n++) {
    const page = await read(n)
    if (page.rows === 0) return checkEmpty(await read(n + 1))
    take(page)
  }
  throw new TooLarge(`more than ${mostPages} pages; does the portal know the paging parameter?`)
}

function checkEmpty({ page, rows }: AnswerPage): void {
  if (rows === 0) return
  throw new Incomplete(`page ${page - 1} has no records, but page ${page} has ${rows}; expected the end of the list`)
}

type Several = { count: number; act: (n: number) => Promise<void> }

async function inParallel({ limits, signal }: Visit, { count, act }: Several): Promise<void> {
  const queue = new PQueue({ concurrency: limits.pagesInParallel })
  const numbers = Array.from({ length: Math.max(count - 1, 0) }, (_, i) => i + 2)
  try {
    await queue.addAll(
      numbers.map((n) => () => act(n)),
      { signal },
    )
  } finally {
    queue.clear()
  }
}
