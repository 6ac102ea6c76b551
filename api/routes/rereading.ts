import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { sameAvailability } from '#core/domain/availability.ts'
import { grammarNumber } from '#core/domain/grammar/number.ts'
import type { Item } from '#core/domain/item.ts'
import { rereadItem } from '#core/domain/reread-item.ts'
import { SupplierDeclaration } from '#core/domain/supplier.ts'
import { failures } from '../errors.ts'
import type { App, Given } from '../given.ts'
import { Said, sayValue } from '../views/hold.ts'
import { storedSupplier } from './suppliers.ts'

const mostShown = 200
const count = z.number().int()

const declared = SupplierDeclaration.shape

/** What of a definition decides how texts are read; what is left out must not become what a definition has by default. */
const Instead = z
  .object({
    language: declared.language.optional(),
    columns: declared.columns.optional(),
    words: declared.words.unwrap().optional(),
    blank: declared.blank,
    instant: declared.instant.unwrap().optional(),
    relative: declared.relative.unwrap().optional(),
  })
  .meta({ id: 'ReadingRules', description: 'What another definition would have; what is left out is as declared' })

const SaidOrNull = z.union([Said, z.null()])
const RereadingView = z
  .object({
    supplier: z.string(),
    grammar: count.meta({ description: 'Number of the grammar that it was tried with' }),
    items: count.meta({ description: 'How many items have texts that were looked at' }),
    different: count.meta({ description: 'How many would be read differently' }),
    news: count.meta({ description: 'Of how many the date itself would be another, and not only its precision' }),
    readings: z
      .array(
        z.object({
          code: z.string(),
          title: z.string(),
          texts: z.record(z.string(), z.string()),
          before: SaidOrNull,
          after: SaidOrNull.meta({ description: 'Null where it could not be read any more' }),
        }),
      )
      .meta({ description: 'The first ones' }),
  })
  .meta({
    id: 'Rereading',
    description: 'What would become of stored texts if they were read anew; nobody is told of it',
  })

const route = createRoute({
  method: 'post',
  path: '/v1/suppliers/{id}/rereading',
  operationId: 'tryRereading',
  summary: 'Show which readings would change if stored texts were read anew; nothing is changed',
  description:
    'With the grammar of this program and the declared definition, or what is given in its place. Really read anew they are when a definition or the grammar comes with a higher number.',
  tags: ['Suppliers'],
  request: {
    params: z.object({ id: z.string().meta({ example: 'demo' }) }),
    body: { required: false, content: { 'application/json': { schema: Instead } } },
  },
  responses: {
    200: { description: 'What would change', content: { 'application/json': { schema: RereadingView } } },
    ...failures('invalid-request', 'key-missing', 'not-found', 'not-json', 'not-now'),
  },
})

type Parts = Pick<Given, 'store' | 'shop'> & { now(): Date }

export function addRereading(app: App, { store, shop, now }: Parts): void {
  app.openapi(route, async (c) => {
    const { id, declaration } = await storedSupplier(store, c.req.valid('param').id)
    const instead = Object.entries(c.req.valid('json') ?? {}).filter(([, value]) => value !== undefined)
    const tried = { ...declaration, ...Object.fromEntries(instead) }
    const rereading = { id: `${id}-reread-dry`, at: now(), declaration: tried }
    const found: { before: Item; after: Item }[] = []
    let items = 0
    for await (const page of store.items.all(id)) {
      items += page.length
      for (const before of page) {
        const after = rereadItem(before, rereading)
        if (after !== null) found.push({ before, after })
      }
    }
    const news = found.filter(isNews).length
    const readings = found.slice(0, mostShown).map((one) => viewReading(one, shop.language))
    return c.json({ supplier: id, grammar: grammarNumber, items, different: found.length, news, readings }, 200)
  })
}

type Reread = { before: Item; after: Item }

function isNews({ before, after }: Reread): boolean {
  return (
    after.now !== null && (before.now === null || !sameAvailability(before.now.availability, after.now.availability))
  )
}

function viewReading({ before, after }: Reread, language: Parts['shop']['language']) {
  const { code, title, texts } = before
  const isUnreadable = after.marks.unreadable !== undefined
  return {
    code,
    title,
    texts,
    before: before.now && sayValue(before.now.availability, language),
    after: isUnreadable || after.now === null ? null : sayValue(after.now.availability, language),
  }
}
