import type { Context } from 'hono'
import { Hono } from 'hono'
import { z } from 'zod'
import { problem, readBody } from '../control.ts'
import type { FaultSwitch } from './faults.ts'
import { FaultWish, faultNames } from './faults.ts'
import type { Kept, MailKeep } from './keep.ts'
import { rawOf, readMail } from './keep.ts'
import type { Summary } from './message.ts'
import { headersOf } from './message.ts'
import { matching } from './search.ts'

/** The part of Mailpit's API that Avizo's tests and tour use, in Mailpit's shape. */
export function makeMailApi(keep: MailKeep) {
  const api = new Hono()
  api.get('/messages', (context) => context.json(listOf(context, keep, keep.newestFirst())))
  api.get('/search', (context) => {
    const query = context.req.query('query')?.trim()
    if (!query) return context.text('Error: no search query', 400)
    return context.json(listOf(context, keep, matching(keep.newestFirst(), query)))
  })
  api.delete('/messages', async (context) => {
    const body = z
      .object({ IDs: z.array(z.string()).default([]) })
      .safeParse(await context.req.json().catch(() => ({})))
    if (!body.success) return context.text('Error: IDs is a list of ids', 400)
    keep.remove(body.data.IDs)
    return context.text('ok')
  })
  api.get('/message/:id', (context) =>
    withMail(context, keep, async (mail) => {
      const detail = await readMail(mail)
      mail.summary.Read = true
      return context.json(detail)
    }),
  )
  api.get('/message/:id/headers', (context) =>
    withMail(context, keep, async (mail) => context.json(await headersOf(rawOf(mail)))),
  )
  api.get('/message/:id/raw', (context) => withMail(context, keep, (mail) => rawAnswer(context, mail)))
  return api
}

/** Faults of the mail server: no part of Mailpit. */
export function makeMailControl(faultSwitch: FaultSwitch) {
  const control = new Hono()
  control.get('/faults', (context) => context.json({ ...faultSwitch.current(), known: faultNames }))
  control.post('/faults', async (context) => {
    const read = await readBody(context, FaultWish)
    if ('refusal' in read) return read.refusal
    faultSwitch.set(read.body)
    return context.json(faultSwitch.current())
  })
  control.all('*', (context) => problem(context, 404, `${context.req.method} ${context.req.path} is not known here`))
  return control
}

/** Answers with the mail that the address names, or says that it is gone. */
export async function withMail(
  context: Context,
  keep: MailKeep,
  answer: (mail: Kept) => Response | Promise<Response>,
): Promise<Response> {
  const mail = keep.find(context.req.param('id') ?? '')
  return mail ? answer(mail) : context.text('Error: message not found', 404)
}

export function rawAnswer(context: Context, mail: Kept): Response {
  return context.body(new Uint8Array(rawOf(mail)), 200, { 'content-type': 'text/plain; charset=utf-8' })
}

function listOf(context: Context, keep: MailKeep, found: Summary[]) {
  const start = wholeNumber(context.req.query('start'), 0)
  const messages = found.slice(start, start + wholeNumber(context.req.query('limit'), 50))
  return {
    total: keep.count(),
    unread: keep.unread(),
    count: messages.length,
    messages_count: found.length,
    messages_unread: found.filter((mail) => !mail.Read).length,
    start,
    tags: [],
    messages,
  }
}

function wholeNumber(said: string | undefined, fallback: number): number {
  return said !== undefined && /^\d{1,9}$/.test(said) ? Number(said) : fallback
}
