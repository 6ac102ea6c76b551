import type { Context } from 'hono'
import { Hono } from 'hono'
import { dayOf } from '#core/domain/day.ts'
import { readForm } from '../control.ts'
import { same } from '../portal/same.ts'
import type { Env, Stage } from '../portal/stage.ts'
import { showTable } from '../portal/table.ts'
import { account } from './account.ts'
import { columns } from './columns.ts'
import type { Filter } from './filter.ts'
import { filterOf, fits } from './filter.ts'
import { entrancePage, newPasswordPage, noticePage, priceListPage, signInPage } from './pages.ts'
import { workbookOf } from './workbook.ts'

const refused = 'E-Mail-Adresse oder Passwort ist falsch.'
const locked = 'Ihr Konto wurde nach zu vielen Fehlversuchen gesperrt. Bitte wenden Sie sich an unseren Innendienst.'
const excel = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** What customers of the Sammelkontor see: sign-in, and a price list that is filtered, then taken away as a file. */
export function makeStorefront(stage: Stage): Hono<Env> {
  const front = new Hono<Env>()
  front.get('/', (context) => context.html(entrancePage()))
  front.get('/anmeldung', (context) => {
    return stage.visits.current(context)?.user ? context.redirect('/preisliste') : signInForm(context, stage)
  })
  front.post('/anmeldung', (context) => signIn(context, stage))
  front.get('/preisliste', (context) => showPriceList(context, stage))
  front.get('/preisliste/export', (context) => exportFile(context, stage))
  front.post('/abmelden', (context) => signOut(context, stage))
  return front
}

/** The form, whoever asks; also where it doesn't belong. */
export function signInForm(context: Context, { visits }: Pick<Stage, 'visits'>) {
  return context.html(signInPage(visits.open(context).csrf))
}

async function signIn(context: Context<Env>, { visits, logins }: Stage) {
  const { _csrf = '', email = '', passwort = '' } = await readForm(context)
  const visit = visits.current(context)
  if (!visit || !same(_csrf, visit.csrf)) return formTooOld(context)
  const mood = context.get('fault').signIn
  if (mood === 'ignored') return context.redirect('/anmeldung', 303)
  const right = email.toLowerCase() === account.username && same(passwort, account.password)
  if (!right || mood === 'refused' || mood === 'locked') {
    logins.refused += 1
    return context.html(signInPage(visit.csrf, { error: mood === 'locked' ? locked : refused, email }))
  }
  if (mood === 'password-expired') return context.html(newPasswordPage(visit.csrf))
  logins.accepted += 1
  visits.signIn(context, account.username)
  return context.redirect('/preisliste', 303)
}

function showPriceList(context: Context<Env>, stage: Stage) {
  const session = stage.visits.current(context)
  if (!session?.user) return context.redirect('/anmeldung')
  stage.visits.keep(context, session)
  const filter = filterOf(context)
  const table = filter && found(context, stage, filter)
  return context.html(priceListPage(session.csrf, filter && table ? { filter, table } : null))
}

function exportFile(context: Context<Env>, stage: Stage) {
  if (!stage.visits.current(context)?.user) return context.redirect('/anmeldung')
  const filter = filterOf(context)
  const table = filter && found(context, stage, filter)
  if (!table) return context.html(noticePage('Kein Filter gewählt', 'Bitte filtern Sie zuerst die Preisliste.'), 400)
  const today = dayOf(stage.now(), 'Europe/Berlin')
  return context.body(workbookOf(table, today), 200, {
    'content-type': excel,
    'content-disposition': `attachment; filename="Preisliste_${today}.xlsx"`,
  })
}

function found(context: Context<Env>, { shelf }: Stage, filter: Filter) {
  const { fault, world } = context.var
  const items = shelf.items().filter(fits(filter))
  return showTable({ items, columns, page: 1, size: Math.max(1, items.length), fault, world })
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
  return context.html(noticePage('Formular abgelaufen', 'Bitte senden Sie das Formular erneut.'), 403)
}
