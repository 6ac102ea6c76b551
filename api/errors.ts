import type { Context, ErrorHandler, NotFoundHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { z } from 'zod'
import { NotPublished } from '#core/broker/publish.ts'
import { isStoreTrouble } from '#core/store/mongo.ts'

/** Every way in which the API says no: `type` is stable and meant for programs. */
const kinds = {
  'invalid-request': { status: 400, title: 'The request is not as expected' },
  'key-missing': { status: 401, title: 'A valid key is needed' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'method-not-allowed': { status: 405, title: 'This address does not know the method' },
  'supplier-paused': { status: 409, title: 'The supplier is paused' },
  'not-held': { status: 409, title: 'It is not held' },
  'only-drop': { status: 409, title: 'It can only be dropped' },
  'not-as-shown': { status: 409, title: 'What was shown is no longer so' },
  'too-large': { status: 413, title: 'The body is too large' },
  'not-json': { status: 415, title: 'The body must be application/json' },
  defect: { status: 500, title: 'A defect of the program' },
  'not-now': { status: 503, title: 'Not possible at the moment' },
} as const satisfies Record<string, { status: ContentfulStatusCode; title: string }>
export type ProblemKind = keyof typeof kinds

export const Wrong = z.object({
  in: z.enum(['body', 'path', 'query', 'header']).meta({ description: 'Part of the request' }),
  path: z.string().meta({ description: 'Where in it, empty for all of it', examples: ['customer.email'] }),
  expected: z.string().meta({ description: 'What was expected there' }),
})
export type Wrong = z.infer<typeof Wrong>

export const Problem = z
  .object({
    type: z.string().meta({ examples: ['urn:avizo:problem:not-found'] }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    problems: z.array(Wrong).optional().meta({ description: 'All that is wrong with the request, at once' }),
  })
  .meta({ id: 'Problem', description: 'An error as RFC 9457 has it' })
export type Problem = z.infer<typeof Problem>

/** A request cannot be granted: whoever sent it must mend it, or something else first. */
export class Refused extends Error {
  override name = 'Refused'
  readonly kind: ProblemKind
  readonly problems: Wrong[] | undefined
  constructor(kind: ProblemKind, detail: string, problems?: Wrong[]) {
    super(detail)
    this.kind = kind
    this.problems = problems
  }
}

/** What a route says in its documentation about the ways in which it can fail. */
export function failures<K extends ProblemKind>(...possible: K[]) {
  const entries = possible.map((kind) => [kinds[kind].status, answerOf(kinds[kind].title)] as const)
  return Object.fromEntries(entries) as Record<(typeof kinds)[K]['status'], ReturnType<typeof answerOf>>
}

function answerOf(description: string) {
  return { description, content: { 'application/problem+json': { schema: Problem } } }
}

export function answerProblem(
  c: Context,
  kind: ProblemKind,
  { detail, problems, headers }: { detail: string; problems?: Wrong[]; headers?: Record<string, string> },
): Response {
  const { status, title } = kinds[kind]
  const body: Problem = { type: `urn:avizo:problem:${kind}`, title, status, detail, ...(problems && { problems }) }
  return c.body(JSON.stringify(body), status, {
    'content-type': 'application/problem+json',
    ...standingHeaders[kind],
    ...headers,
  })
}

const standingHeaders: Partial<Record<ProblemKind, Record<string, string>>> = {
  'key-missing': { 'www-authenticate': 'Bearer realm="avizo"' },
  'not-now': { 'retry-after': '5' },
}

export const answerError: ErrorHandler = (error, c) => {
  if (error instanceof Refused) return answerRefused(c, error)
  if (error instanceof HTTPException) return answerProblem(c, kindOf(error), { detail: error.message })
  if (isStoreTrouble(error)) return answerAway(c, 'The store does not answer.')
  if (error instanceof NotPublished) return answerAway(c, 'The message broker does not answer.')
  return answerProblem(c, 'defect', { detail: 'The request could not be handled; the log of the API says why.' })
}

/** A single thing that no schema could find wrong. */
export function refuseWrong(wrong: Wrong): Refused {
  return new Refused('invalid-request', `${wrong.path}: ${wrong.expected}`, [wrong])
}

function answerRefused(c: Context, { kind, message, problems }: Refused): Response {
  return answerProblem(c, kind, { detail: message, ...(problems && { problems }) })
}

export const answerNotFound: NotFoundHandler = (c) =>
  answerProblem(c, 'not-found', { detail: `Nothing is at ${c.req.path}; /openapi.json lists what there is.` })

function answerAway(c: Context, what: string): Response {
  return answerProblem(c, 'not-now', { detail: `${what} Repeat the request in a few seconds: repeating is harmless.` })
}

/** What Hono itself refuses: a body that is no JSON or of another type, and an answer that takes too long. */
function kindOf({ status }: HTTPException): ProblemKind {
  if (status === 503) return 'not-now'
  return status === 415 ? 'not-json' : 'invalid-request'
}
