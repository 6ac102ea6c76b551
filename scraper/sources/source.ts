import { z } from 'zod'
import { Obstacle, Path, Selector, Step } from '#scraper/step.ts'
import { isEncoding } from './files/encoding.ts'

const wordings = z.array(z.string().min(1)).min(1)

/**
 * Which headers hold what, each in all the wordings that were met (case and spaces aside). For JSON and XML a header is
 * the path of a value within its record, such as `stock.eta`.
 */
export const Fields = z.strictObject({
  code: wordings,
  title: wordings,
  ean: wordings.optional(),
  /** Headers of the definition's columns where they differ from the column's own name. */
  cells: z.record(z.string(), wordings).default({}),
})
export type Fields = z.infer<typeof Fields>

/** A row that must be there, with this very text: proof that language, time zone and columns are what they were. */
export const Canary = z.strictObject({ code: z.string().min(1), column: z.string().min(1), text: z.string().min(1) })
export type Canary = z.infer<typeof Canary>

const common = {
  fields: Fields,
  /** All headers that may stand beside those in `fields`; where given, any other one is a changed portal. */
  others: z.array(z.string().min(1)).optional(),
  canary: Canary.optional(),
  /** Rows that don't fit (cells missing, no code) fail the run beyond this share; below it each is reported. */
  unfitShare: z.number().min(0).max(0.5).default(0.01),
}

/** Where the portal announces how much there is; where no rows are counted, everything is read twice and must be equal. */
const announcements = {
  /** Text such as "1–50 of 200" or "200 articles", on each page. */
  total: Selector.optional(),
  /** Text such as "page 1 of 8": its last number. */
  pages: Selector.optional(),
  /** Stands on the last page and on no other. */
  lastPage: Selector.optional(),
}

export const Paging = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('nothing') }),
  /** A parameter of the address that counts pages from 0 or 1, or rows (`counts: 'rows'`) from 0. */
  z.strictObject({
    by: z.literal('parameter'),
    name: z.string().min(1),
    first: z.union([z.literal(0), z.literal(1)]).default(1),
    counts: z.enum(['pages', 'rows']).default('pages'),
  }),
  /** Links to all pages, or to the pages around the present one. */
  z.strictObject({ by: z.literal('links'), links: Selector }),
  /** A link or button to the next page; gone or disabled on the last. */
  z.strictObject({ by: z.literal('next'), next: Selector }),
  /** A button that adds rows to the same table; gone or disabled when all are there. */
  z.strictObject({ by: z.literal('load-more'), button: Selector }),
])
export type Paging = z.infer<typeof Paging>

/** A table, or a list of other elements that is one in truth: each `row` has elements for its cells. */
export const TableLook = z.union([Selector, z.strictObject({ row: Selector, cells: z.record(z.string(), Selector) })])
export type TableLook = z.infer<typeof TableLook>

export const TableSource = z.strictObject({
  kind: z.literal('table'),
  path: Path,
  obstacles: z.array(Obstacle).default([]),
  /** Search form or filters, done on the page before its table counts. */
  prepare: z.array(Step).default([]),
  table: TableLook,
  /** Rows that are no items: headings of groups, sums. */
  skipRows: Selector.optional(),
  /** Elements within cells that are not part of what they say: badges, hints, buttons. */
  ignore: Selector.optional(),
  /** Shown while the page is still at work: as long as it is there, the table does not count. */
  busy: Selector.optional(),
  /** Beside a proved table there may be a password field, such as one to change it. */
  passwordField: z.literal('allowed').optional(),
  paging: Paging.default({ by: 'nothing' }),
  /** What looks like a link to a further page belongs to something else. */
  pager: z.literal('ignored').optional(),
  whole: z.strictObject(announcements).default({}),
  /** Cells that stand on a page of each item only, reached by a link in its row. */
  details: z
    .strictObject({
      link: Selector,
      /** Element with the item's code: proof that it is the right page. */
      code: Selector,
      cells: z.record(z.string(), Selector),
    })
    .optional(),
  ...common,
})
export type TableSource = z.infer<typeof TableSource>

export const FileFormat = z.discriminatedUnion('format', [
  z.strictObject({
    format: z.literal('csv'),
    /** As the encoding standard of the web names it; `windows-1250`, `iso-8859-2`. */
    encoding: z.string().refine(isEncoding, { error: 'expected an encoding such as windows-1250' }).default('utf-8'),
    delimiter: z.enum([',', ';', '\t', '|']).default(';'),
    /** The line with the headers, from 1; lines above it are titles. */
    headerLine: z.number().int().min(1).default(1),
  }),
  z.strictObject({
    format: z.literal('xlsx'),
    /** Name of the sheet; the only one where not given. */
    sheet: z.string().optional(),
    headerLine: z.number().int().min(1).default(1),
  }),
  z.strictObject({ format: z.literal('xml'), records: z.string().min(1).describe('such as catalogue.item') }),
  z.strictObject({ format: z.literal('json'), records: z.string().describe('such as data.items; "" for the whole') }),
])
export type FileFormat = z.infer<typeof FileFormat>

const sheets = new Set(['csv', 'xlsx'])

export const DownloadSource = z
  .strictObject({
    kind: z.literal('download'),
    /** The page from which it is downloaded. */
    path: Path,
    obstacles: z.array(Obstacle).default([]),
    prepare: z.array(Step).default([]),
    by: z.union([z.strictObject({ click: Selector }), z.strictObject({ path: Path })]),
    file: FileFormat,
    whole: z
      .strictObject({
        /** Text on the page that counts the rows of the file. */
        total: Selector.optional(),
        /** How the file's last row begins, which is no item; a number in that row must count the items. */
        trailer: z.string().min(1).optional(),
        /** Path of the total within an XML or JSON file. */
        totalAt: z.string().min(1).optional(),
      })
      .default({}),
    ...common,
  })
  .refine(({ file, whole }) => whole.trailer === undefined || sheets.has(file.format), {
    error: 'a trailer is the last row of a CSV or XLSX file; for records there is totalAt',
    path: ['whole', 'trailer'],
  })
  .refine(({ file, whole }) => whole.totalAt === undefined || !sheets.has(file.format), {
    error: 'totalAt is a path in an XML or JSON file; for rows there is trailer',
    path: ['whole', 'totalAt'],
  })
export type DownloadSource = z.infer<typeof DownloadSource>

/** The JSON that a page fetches for itself: the request that the page makes is taken, and repeated for further pages. */
export const PageJsonSource = z.strictObject({
  kind: z.literal('page-json'),
  path: Path,
  obstacles: z.array(Obstacle).default([]),
  prepare: z.array(Step).default([]),
  /** Path of the request, without its query. */
  request: Path,
  /** Where the records are within the answer, such as `data.items`; "" for the whole. */
  records: z.string(),
  paging: z
    .strictObject({
      /** In the query, or in the body that the page sends: there a path such as `paging.page`. */
      parameter: z.string().min(1),
      first: z.union([z.literal(0), z.literal(1)]).default(1),
      /** Rows are counted from 0: the parameter says how many come before. */
      counts: z.enum(['pages', 'rows']).default('pages'),
    })
    .optional(),
  whole: z
    .strictObject({
      total: z.string().min(1).optional().describe('path of the number of all records'),
      pages: z.string().min(1).optional().describe('path of the number of pages'),
    })
    .default({}),
  ...common,
})
export type PageJsonSource = z.infer<typeof PageJsonSource>

/** What is read after sign-in. */
export const Source = z.discriminatedUnion('kind', [TableSource, DownloadSource, PageJsonSource])
export type Source = z.infer<typeof Source>
