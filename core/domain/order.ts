import { z } from 'zod'
import { Availability } from './availability.ts'
import { Code, OrderNumber, SupplierId } from './ids.ts'

export const lineStatuses = ['open', 'secured', 'shipped', 'cancelled', 'returned'] as const
export const LineStatus = z.enum(lineStatuses)
export type LineStatus = z.infer<typeof LineStatus>

/** What a line points to: supplier + code, else an EAN, else the shop's own product. */
export const OrderLine = z
  .object({
    id: z.string().trim().min(1).max(100),
    supplier: SupplierId.optional(),
    code: Code.optional(),
    ean: z.string().trim().min(1).max(20).optional(),
    product: z.string().trim().min(1).max(200).optional(),
    title: z.string().trim().min(1).max(500),
    quantity: z.number().int().positive(),
    status: LineStatus.default('open'),
    /** What the shop told the customer when it took the order: in words, or as an availability, if it knows. */
    told: z.union([z.string().trim().min(1).max(500), Availability]).nullish(),
  })
  .refine((line) => (line.supplier === undefined) === (line.code === undefined), {
    error: 'supplier and code belong together',
  })
  .refine((line) => line.code !== undefined || line.ean !== undefined || line.product !== undefined, {
    error: 'a line names supplier and code, an ean, or a product',
  })
export type OrderLine = z.infer<typeof OrderLine>

export const Customer = z.object({
  email: z.email().max(254),
  name: z.string().trim().max(200).optional(),
  /** As the shop knows it, `cs` or `en-GB`; one that we don't write in falls back to the shop's. */
  language: z
    .string()
    .regex(/^[a-z]{2}(-[A-Z]{2})?$/, { error: 'expected a language such as cs or en-GB' })
    .optional(),
})
export type Customer = z.infer<typeof Customer>

/** An order as the shop puts it. A line left out of a later put is cancelled. */
export const Order = z.object({
  number: OrderNumber,
  placedAt: z.iso.datetime({ offset: true }),
  updatedAt: z.iso.datetime({ offset: true }).optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
  muted: z.boolean().optional(),
  notifyNow: z.boolean().optional(),
  customer: Customer,
  lines: z
    .array(OrderLine)
    .min(1)
    .max(500)
    .refine((lines) => new Set(lines.map((line) => line.id)).size === lines.length, {
      error: 'two lines have the same id',
    }),
})
export type Order = z.infer<typeof Order>
