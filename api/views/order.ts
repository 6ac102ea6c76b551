import { z } from 'zod'
import { dayOf } from '#core/domain/day.ts'
import { mailLanguageOf } from '#core/domain/language.ts'
import type { StoredOrder } from '#core/domain/line-state.ts'
import { Customer, Order } from '#core/domain/order.ts'
import type { Shop } from '../given.ts'
import type { Known } from './line.ts'
import { itemOf, LineView, supplierOf, viewLine } from './line.ts'
import { Moment, moment } from './moment.ts'
import { NoticeView, viewNotice } from './notice.ts'

export type { Known } from './line.ts'

export const OrderView = z
  .object({
    number: z.string(),
    placedAt: z.string(),
    updatedAt: z.string().optional(),
    url: z.string().optional(),
    muted: z.boolean().optional(),
    notifyNow: z.boolean().optional(),
    customer: Customer,
    rev: z.number().int().meta({ description: 'Rises with every put' }),
    putAt: Moment,
    changedAt: Moment.meta({ description: 'Last change by shop or notifier; what `updatedSince` looks at' }),
    looked: z.boolean().meta({ description: 'Whether the notifier has looked at this `rev` already' }),
    lines: z.array(LineView),
    notices: z.array(NoticeView).meta({ description: 'All mails about this order, oldest first' }),
  })
  .meta({ id: 'OrderGivenOut', description: 'An order as it stands, with what the customer was told and what is so' })
export type OrderView = z.infer<typeof OrderView>

const asPutWords = `An order as the shop puts it, whole; a line left out of a later put is cancelled.

- \`updatedAt\` orders the shop's own puts: one with an older \`updatedAt\` than stored changes nothing.
- \`muted\`: the customer gets no mail about this order.
- \`notifyNow\`: whether a difference that is found when the order comes in is news for the customer; by itself true for an order that was placed within the last 24 hours.
- \`customer.language\`: as the shop knows it, such as \`cs\` or \`en-GB\`; one that no mails are written in falls back to the shop's.
- A line names \`supplier\` and \`code\`, an \`ean\`, or the shop's \`product\`.
- \`told\`: what the customer was told about this line when ordering, in the words that the shop used or as an availability. It counts once, when the line is first seen with its item. Without it, what the supplier said at \`placedAt\` is assumed.`

export const OrderAsPut = Order.meta({
  id: 'Order',
  description: asPutWords,
  examples: [
    {
      number: '10001',
      placedAt: '2026-11-20T09:30:00+01:00',
      updatedAt: '2026-11-20T09:30:00+01:00',
      customer: { email: 'jana@example.com', name: 'Jana Nováková', language: 'cs' },
      lines: [
        { id: '1', supplier: 'demo', code: 'FIG-001', title: 'Figure', quantity: 1, told: 'polovina ledna 2027' },
      ],
    },
  ],
})

type Around = { known: Known; shop: Shop; now: Date }

export function viewOrder(order: StoredOrder, { known, shop, now }: Around): OrderView {
  const { rev, putAt, single: _single, lines, ...asPut } = order.shop
  const language = mailLanguageOf(order.shop.customer.language, shop.language)
  const orderDay = dayOf(new Date(order.shop.placedAt), shop.timeZone)
  const around = { ...known, order, orderDay, language, now, today: dayOf(now, shop.timeZone) }
  return {
    ...asPut,
    rev,
    putAt: moment(putAt),
    changedAt: moment(order.changedAt),
    looked: order.looked === rev,
    lines: lines.map((line) => viewLine(line, around)),
    notices: (known.notices.get(order.number) ?? []).map((notice) => viewNotice(notice, language)),
  }
}

/** Ids of all items and suppliers that these orders' lines point to. */
export function pointedTo(orders: StoredOrder[]): { items: string[]; suppliers: string[] } {
  const items = orders.flatMap((order) => order.shop.lines.flatMap((line) => itemOf(line, order) ?? []))
  return { items: [...new Set(items)], suppliers: [...new Set(items.map(supplierOf))] }
}
