import { z } from 'zod'
import { sameAvailability } from '#core/domain/availability.ts'
import { changeKinds } from '#core/domain/change.ts'
import { dayOf } from '#core/domain/day.ts'
import type { Item } from '#core/domain/item.ts'
import type { MailLanguage } from '#core/domain/language.ts'
import { itemForOrder } from '#core/domain/order-day.ts'
import type { Change } from '#core/store/changes.ts'
import type { Supplier } from '#core/store/suppliers.ts'
import type { Shop } from '../given.ts'
import { ValueOrNull, ValueView, viewValue } from './availability.ts'
import { lastConfirmedAt, MarkDetails, Marks, marksOf } from './marks.ts'
import { Moment, moment, momentOrNull } from './moment.ts'

const Saying = z.object({
  text: z.string(),
  anchor: z.iso.date().meta({ description: 'First day of the saying, from which relative texts count' }),
  lastSeen: Moment.nullable().meta({ description: 'When it went away; null while it stands' }),
})

export const ItemView = z
  .object({
    supplier: z.string(),
    code: z.string(),
    ean: z.string().nullable(),
    title: z.string(),
    now: ValueOrNull.meta({ description: 'Null where nothing readable was ever seen' }),
    previous: ValueOrNull,
    leadTime: ValueOrNull.meta({
      description:
        'What an order of today is told, where the supplier uses relative text as a standing lead time: it counts from the day of each order',
    }),
    pending: ValueOrNull.meta({ description: 'Read by one run so far: it becomes `now` when another reads the same' }),
    marks: Marks,
    markDetails: MarkDetails,
    lastConfirmedAt: Moment.nullable(),
    texts: z.record(z.string(), z.string()).meta({ description: 'The texts of all columns as last seen' }),
    sayings: z.record(z.string(), z.array(Saying)).meta({ description: 'The last texts of each column' }),
  })
  .meta({ id: 'Item', description: 'One article of one supplier' })
export type ItemView = z.infer<typeof ItemView>

export const ChangeView = z
  .object({
    run: z.string(),
    at: Moment,
    kind: z
      .enum(changeKinds)
      .nullable()
      .meta({ description: 'What it is to a customer; null for the first value, and where nothing changed for them' }),
    title: z.string(),
    before: ValueOrNull,
    after: ValueView,
  })
  .meta({ id: 'Change', description: 'What one accepted run made of an item' })
export type ChangeView = z.infer<typeof ChangeView>

type Around = { supplier: Supplier | undefined; shop: Shop; now: Date }

export function viewItem(item: Item, { supplier, shop, now }: Around): ItemView {
  const today = dayOf(now, shop.timeZone)
  const forToday = itemForOrder(item, today)
  const isLeadTime = item.now && forToday.now && !sameAvailability(item.now.availability, forToday.now.availability)
  return {
    supplier: item.supplier,
    code: item.code,
    ean: item.ean ?? null,
    title: item.title,
    now: item.now && viewValue(item.now, shop.language),
    previous: item.previous && viewValue(item.previous, shop.language),
    leadTime: isLeadTime && forToday.now ? viewValue(forToday.now, shop.language) : null,
    pending: item.pending ? viewValue(item.pending, shop.language) : null,
    ...marksOf({ item: forToday, supplier, now, today }),
    lastConfirmedAt: momentOrNull(lastConfirmedAt(item, supplier)),
    texts: item.texts,
    sayings: viewSayings(item),
  }
}

function viewSayings({ sayings }: Item): ItemView['sayings'] {
  const columns = Object.entries(sayings).map(([column, list]) => [
    column,
    list.map(({ text, anchor, lastSeen }) => ({ text, anchor, lastSeen: momentOrNull(lastSeen) })),
  ])
  return Object.fromEntries(columns)
}

export function viewChange({ run, at, kind, title, before, after }: Change, language: MailLanguage): ChangeView {
  return {
    run,
    at: moment(at),
    kind,
    title,
    before: before && viewValue(before, language),
    after: viewValue(after, language),
  }
}
