import type { Context } from 'hono'
import { Hono } from 'hono'
import { readForm } from '../control.ts'
import { account } from './account.ts'
import { columns } from './columns.ts'
import { cataloguePage, entrancePage, newPasswordPage, noticePage, signInPage } from './pages.ts'
import { same } from './same.ts'
import type { Env, Stage } from './stage.ts'
import { showTable } from './table.ts'

const expired = 'Vaše přihlášení vypršelo. Přihlaste se prosím znovu.'
const refused = 'Neplatné jméno nebo heslo.'
const locked = 'Účet je zablokován pro příliš mnoho neúspěšných pokusů. Obraťte se na svého obchodníka.'

type Parts = Stage & { pageSize: number }

/** What the portal's customers see: entrance, sign-in, catalogue. */
export function makeStorefront(parts: Parts): Hono<Env> {
  const front = new Hono<Env>()
  front.get('/', (context) => context.html(entrancePage()))
  front.get('/prihlaseni', (context) => showSignIn(context, parts))
  front.post('/prihlaseni', (context) => signIn(context, parts))
  front.get('/katalog', (context) => showCatalogue(context, parts))
  front.post('/odhlaseni', (context) => signOut(context, parts))
  return front
}

function showSignIn(context: Context<Env>, { visits }: Stage) {
  if (visits.current(context)?.user) return context.redirect('/katalog')
  return signInForm(context, { visits })
}

/** The form, whoever asks; also where it doesn't belong. */
export function signInForm(context: Context, { visits }: Pick<Stage, 'visits'>) {
  const error = context.req.query('duvod') === 'vyprselo' ? { error: expired } : {}
  return context.html(signInPage(visits.open(context).csrf, error))
}

async function signIn(context: Context<Env>, { visits, logins }: Stage) {
  const { _csrf = '', jmeno = '', heslo = '' } = await readForm(context)
  const visit = visits.current(context)
  if (!visit || !same(_csrf, visit.csrf)) return formTooOld(context)
  const mood = context.get('fault').signIn
  if (mood === 'ignored') return context.redirect('/prihlaseni', 303)
  const right = jmeno === account.username && same(heslo, account.password)
  if (!right || mood === 'refused' || mood === 'locked') {
    logins.refused += 1
    visits.keep(context, visit)
    return context.html(signInPage(visit.csrf, { error: mood === 'locked' ? locked : refused, username: jmeno }))
  }
  if (mood === 'password-expired') return context.html(newPasswordPage(visit.csrf))
  logins.accepted += 1
  visits.signIn(context, account.username)
  return context.redirect('/katalog', 303)
}

function showCatalogue(context: Context<Env>, { shelf, visits, pageSize: size }: Parts) {
  const session = visits.current(context)
  if (!session?.user) return toSignIn(context, visits)
  const { fault, world } = context.var
  const table = showTable({ items: shelf.items(), columns, page: pageOf(context), size, fault, world })
  if (!table) return context.notFound()
  visits.keep(context, session)
  return context.html(cataloguePage(table, session.csrf))
}

/** Number of the page that is asked for. */
export function pageOf(context: Context): number {
  return Number(context.req.query('strana') ?? '1')
}

async function signOut(context: Context, { visits }: Stage) {
  const { _csrf = '' } = await readForm(context)
  const session = visits.current(context)
  if (session && !same(_csrf, session.csrf)) return formTooOld(context)
  visits.end(context)
  visits.forget(context)
  return context.redirect('/', 303)
}

/** Whoever comes with a cookie was signed in, or at least here before. */
function toSignIn(context: Context, visits: Stage['visits']) {
  return context.redirect(visits.wasHere(context) ? '/prihlaseni?duvod=vyprselo' : '/prihlaseni')
}

function formTooOld(context: Context) {
  const way = { href: '/prihlaseni', text: 'Načíst formulář znovu' }
  return context.html(noticePage('Platnost formuláře vypršela', 'Odešlete prosím formulář znovu.', way), 403)
}
