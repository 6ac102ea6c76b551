import type { Context } from 'hono'
import type { z } from 'zod'

/** An answer of a control face that says no. */
export function problem(context: Context, status: 400 | 404 | 500, detail: string): Response {
  const title = { 400: 'Not understood', 404: 'Not found', 500: 'Defect' }[status]
  return context.body(JSON.stringify({ type: 'about:blank', title, status, detail }), status, {
    'content-type': 'application/problem+json',
  })
}

/** The fields of a form that a browser sent. */
export async function readForm(context: Context): Promise<Record<string, string>> {
  return Object.fromEntries(new URLSearchParams(await context.req.text()))
}

/** The body as the schema has it, or the answer that says what is wrong with it. Its content type doesn't matter. */
export async function readBody<T>(
  context: Context,
  schema: z.ZodType<T>,
): Promise<{ body: T } | { refusal: Response }> {
  const json = await context.req.json<unknown>().catch(() => undefined)
  if (json === undefined) return { refusal: problem(context, 400, 'the body is not JSON') }
  const result = schema.safeParse(json)
  if (result.success) return { body: result.data }
  const wrong = result.error.issues.map((issue) => [issue.path.join('.'), issue.message].filter(Boolean).join(': '))
  return { refusal: problem(context, 400, wrong.join('; ')) }
}
