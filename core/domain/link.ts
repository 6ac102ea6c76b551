import { z } from 'zod'
import { Code, SupplierId } from './ids.ts'

export const Product = z.string().trim().min(1).max(200)

/** The items of suppliers that one of the shop's products is, the preferred one first. */
export const Link = z.object({
  product: Product,
  items: z
    .array(z.object({ supplier: SupplierId, code: Code }))
    .min(1)
    .max(20)
    .refine((items) => new Set(items.map(({ supplier, code }) => `${supplier}/${code}`)).size === items.length, {
      error: 'an item is named twice',
    }),
})
export type Link = z.infer<typeof Link>
