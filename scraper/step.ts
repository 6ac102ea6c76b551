import { createParser } from 'css-selector-parser'
import { z } from 'zod'

const parse = createParser({ syntax: 'progressive' })

/** A CSS selector, as `document.querySelector` takes it. */
export const Selector = z.string().superRefine((selector, context) => {
  const problem = problemOf(selector)
  if (problem !== null) context.addIssue({ code: 'custom', message: `"${selector}" is no CSS selector: ${problem}` })
})

function problemOf(selector: string): string | null {
  try {
    parse(selector)
    return null
  } catch (error) {
    return (error as Error).message.replace('css-selector-parser parse error: ', '')
  }
}

/** Of the portal's address: begins with a slash, query included. */
export const Path = z.string().regex(/^\/\S*$/, { error: 'expected a path on the portal, such as "/katalog?sort=kod"' })

/**
 * How a page shows that a step had its effect: an element is there or gone, the address has changed to this path, or a
 * new page was loaded. At least one; all that are given must come true.
 */
export const Effect = z
  .strictObject({
    shows: Selector.optional(),
    hides: Selector.optional(),
    path: Path.optional(),
    loads: z.literal(true).optional(),
  })
  .refine((effect) => Object.values(effect).some((given) => given !== undefined), {
    error: 'expected at least one of shows, hides, path, loads: a step that proves nothing may have done nothing',
  })
export type Effect = z.infer<typeof Effect>

/** One thing done on a page, before the table is read: opens a filter, chooses in it, searches. Each proves its effect. */
export const Step = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('click'), target: Selector, effect: Effect }),
  /** Proved by the field's value; where the page acts on it by itself, by `effect`. So are the others below. */
  z.strictObject({ do: z.literal('fill'), target: Selector, text: z.string(), effect: Effect.optional() }),
  /** By the option's visible text or its value; proved by what is selected then. */
  z.strictObject({ do: z.literal('select'), target: Selector, option: z.string(), effect: Effect.optional() }),
  z.strictObject({
    do: z.literal('check'),
    target: Selector,
    on: z.boolean().default(true),
    effect: Effect.optional(),
  }),
])
export type Step = z.infer<typeof Step>

/** Something in the way that is clicked away where it is there: a cookie banner, "another session is active". */
export const Obstacle = z.strictObject({ name: z.string().min(1), shows: Selector, click: Selector })
export type Obstacle = z.infer<typeof Obstacle>
