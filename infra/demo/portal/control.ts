import { Hono } from 'hono'
import { z } from 'zod'
import { problem, readBody } from '../control.ts'
import type { FaultName, FaultSwitch } from './faults.ts'
import { faults } from './faults.ts'
import type { Shelf } from './shelf.ts'

/** Sign-ins that were tried since the start or the last reset: a robot may submit credentials once a run. */
export type Logins = { attempts: number; accepted: number; refused: number }

export const longestDelivery = 200
const text = z.string().max(longestDelivery)
/** `status` and `quantity` only where the portal has such a column. */
const Edit = z
  .object({ delivery: text.optional(), status: text.optional(), quantity: text.optional() })
  .refine((edit) => Object.keys(edit).length > 0, { error: 'expected a text for delivery, status or quantity' })

type Controlled = {
  shelf: Shelf
  faultSwitch: FaultSwitch
  logins: Logins
  /** The moods that this portal plays. */
  names: FaultName[]
  /** Drops all sessions, and what else was kept of visitors. */
  forget: () => void
}

/** What tests use: items and their texts, moods, and the count of sign-ins. */
export function makeControl({ shelf, faultSwitch, logins, names, forget }: Controlled) {
  const control = new Hono()
  const FaultWish = faultWish(names)
  control.get('/items', (context) => context.json(shelf.items()))
  control.put('/items/:code', async (context) => {
    const read = await readBody(context, Edit)
    if ('refusal' in read) return read.refusal
    const item = shelf.edit(context.req.param('code'), read.body)
    return item ? context.json(item) : problem(context, 404, `no item has the code ${context.req.param('code')}`)
  })
  control.get('/faults', (context) => {
    const moods = names.map((name) => ({ name, ...told(name) }))
    return context.json({ fault: faultSwitch.name, codes: faultSwitch.codes, known: names, moods })
  })
  control.post('/faults', async (context) => {
    const read = await readBody(context, FaultWish)
    if ('refusal' in read) return read.refusal
    faultSwitch.name = read.body.fault
    faultSwitch.codes = read.body.codes
    return context.json({ fault: faultSwitch.name })
  })
  control.get('/logins', (context) => context.json(logins))
  control.post('/reset', (context) => {
    shelf.reset()
    faultSwitch.name = null
    faultSwitch.codes = []
    Object.assign(logins, { attempts: 0, accepted: 0, refused: 0 })
    forget()
    return context.json({ reset: true })
  })
  control.all('*', (context) => problem(context, 404, `${context.req.method} ${context.req.path} is not known here`))
  return control
}

/** `codes` names the items that moods of texts and keys bite. */
function faultWish(names: FaultName[]) {
  const expected = { error: `expected null or one of ${names.join(', ')}` }
  const known = (name: string): name is FaultName => names.some((other) => other === name)
  return z.object({
    fault: z.string(expected).refine(known, expected).nullable(),
    codes: z.array(z.string()).default([]),
  })
}

function told(name: FaultName) {
  const { about, failures, bites = {} } = faults[name]
  return { about, failures, bites }
}
