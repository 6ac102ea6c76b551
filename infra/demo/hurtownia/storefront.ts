import type { Context } from 'hono'
import { Hono } from 'hono'
import { readForm } from '../control.ts'
import { same } from '../portal/same.ts'
import type { Session } from '../portal/sessions.ts'
import type { Env, Stage } from '../portal/stage.ts'
import { rowsMarkup } from '../portal/table-markup.ts'
import type { Listing, Table } from '../portal/table.ts'
import { showTable } from '../portal/table.ts'
import { columns } from './columns.ts'
import type { CodeCheck } from './one-time-code.ts'
import { entrancePage, goodsPage, noticePage, shownText } from './pages.ts'
import { makeSignIn } from './sign-in.ts'

type Parts = Stage & { codes: CodeCheck; pageSize: number }

/** What customers of Figurkowo see: entrance, sign-in, one table that grows. */
export function makeStorefront(parts: Parts): Hono<Env> {
  const front = new Hono<Env>()
  front.get('/', (context) => context.html(entrancePage()))
  front.route('/logowanie', makeSignIn(parts))
  front.get('/towary', (context) =>
    withGoods(context, parts, (table, { csrf }) => context.html(goodsPage(table, csrf))),
  )
  front.get('/towary/wiecej', (context) => withGoods(context, parts, (table) => moreRows(context, table)))
  front.post('/wyloguj', async (context) => {
    const { _csrf = '' } = await readForm(context)
    const session = parts.visits.current(context)
    if (!session || !same(_csrf, session.csrf)) {
      return context.html(noticePage('Formularz wygasł', 'Prosimy spróbować ponownie.'), 403)
    }
    parts.visits.end(context)
    parts.visits.forget(context)
    return context.redirect('/', 303)
  })
  return front
}

/** Number of the page that begins with the row after `od`. */
export function pageOf(context: Context, pageSize: number): number {
  return Number(context.req.query('od') ?? '0') / pageSize + 1
}

type Goods = Table & { listing: Listing }

function withGoods(
  context: Context<Env>,
  { shelf, visits, pageSize: size }: Parts,
  show: (table: Goods, session: Session) => Response | Promise<Response>,
): Response | Promise<Response> {
  const session = visits.current(context)
  if (!session?.user) return context.redirect('/logowanie')
  const { fault, world } = context.var
  const table = showTable({ items: shelf.items(), columns, page: pageOf(context, size), size, fault, world })
  if (!table) return context.notFound()
  visits.keep(context, session)
  return show(table, session)
}

/** The next rows, as a script asks for them; its headers say what to show beside them. */
function moreRows(context: Context<Env>, { listing, columns: shown, rows }: Goods) {
  context.header('x-wyswietlono', encodeURIComponent(shownText(listing)))
  if (listing.page < listing.pages) context.header('x-dalej', String(listing.page * listing.size))
  return context.html(rowsMarkup(rows, shown.length))
}
