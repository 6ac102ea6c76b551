import type { Context } from 'hono'
import { Hono } from 'hono'
import { readForm } from '../control.ts'
import { same } from '../portal/same.ts'
import type { Env, Stage } from '../portal/stage.ts'
import { showTable } from '../portal/table.ts'
import { account } from './account.ts'
import { columns, itemsOf } from './columns.ts'
import { entrancePage, inventoryPage, newPasswordPage, noticePage, signInPage } from './pages.ts'
import type { Tokens } from './tokens.ts'

const refused = 'Invalid username or password.'
const locked = 'Your account has been locked after too many failed attempts. Please contact your sales rep.'
const largestPage = 100

type Parts = Stage & { tokens: Tokens; pageSize: number }

/** What customers of Northpine see: sign-in, and a page that fetches its data itself. */
export function makeStorefront(parts: Parts): Hono<Env> {
  const { visits } = parts
  const front = new Hono<Env>()
  front.get('/', (context) => context.html(entrancePage()))
  front.get('/login', (context) => {
    return visits.current(context)?.user ? context.redirect('/inventory') : signInForm(context, parts)
  })
  front.post('/login', (context) => signIn(context, parts))
  front.get('/inventory', (context) => {
    const session = visits.current(context)
    if (!session?.user) return context.redirect('/login')
    visits.keep(context, session)
    return context.html(inventoryPage(session.csrf, parts.tokens.of(session)))
  })
  front.get('/api/inventory', (context) => inventory(context, parts))
  front.post('/logout', (context) => signOut(context, parts))
  return front
}

/** The form, whoever asks; also where it doesn't belong. */
export function signInForm(context: Context, { visits }: Pick<Stage, 'visits'>) {
  return context.html(signInPage(visits.open(context).csrf))
}

export function pageOf(context: Context): number {
  return Number(context.req.query('page') ?? '1')
}

async function signIn(context: Context<Env>, { visits, logins }: Stage) {
  const { _csrf = '', username = '', password = '' } = await readForm(context)
  const visit = visits.current(context)
  if (!visit || !same(_csrf, visit.csrf)) return formTooOld(context)
  const mood = context.get('fault').signIn
  if (mood === 'ignored') return context.redirect('/login', 303)
  const right = username === account.username && same(password, account.password)
  if (!right || mood === 'refused' || mood === 'locked') {
    logins.refused += 1
    return context.html(signInPage(visit.csrf, { error: mood === 'locked' ? locked : refused, username }))
  }
  if (mood === 'password-expired') return context.html(newPasswordPage(visit.csrf))
  logins.accepted += 1
  visits.signIn(context, account.username)
  return context.redirect('/inventory', 303)
}

function inventory(context: Context<Env>, { shelf, sessions, tokens, pageSize }: Parts) {
  if (!tokens.sessionOf(context, sessions)?.user) return context.json({ error: 'Unauthorized' }, 401)
  const size = Number(context.req.query('size') ?? pageSize)
  if (!Number.isInteger(size) || size < 1 || size > largestPage) {
    return context.json({ error: `size must be from 1 to ${largestPage}` }, 400)
  }
  const { fault, world } = context.var
  const table = showTable({ items: shelf.items(), columns, page: pageOf(context), size, fault, world })
  if (!table) return context.json({ error: 'No such page' }, 404)
  const { total, page, pages } = table.listing
  return context.json({ meta: { ...(total !== null && { total }), page, pages }, items: itemsOf(table) })
}

async function signOut(context: Context, { visits }: Stage) {
  const { _csrf = '' } = await readForm(context)
  const session = visits.current(context)
  if (!session || !same(_csrf, session.csrf)) return formTooOld(context)
  visits.end(context)
  visits.forget(context)
  return context.redirect('/', 303)
}

function formTooOld(context: Context) {
  return context.html(noticePage('Form expired', 'Please go back and submit the form again.'), 403)
}
