import type { FaultName } from '#infra/demo/portal/faults.ts'
import type { PortalName } from '#infra/demo/portal/faults/fault.ts'
import { serveHurtownia } from '#infra/demo/hurtownia/app.ts'
import { serveKontor } from '#infra/demo/kontor/app.ts'
import { serveNorthpine } from '#infra/demo/northpine/app.ts'
import { account } from '#infra/demo/portal/account.ts'
import { servePortal } from '#infra/demo/portal/app.ts'
import { demoItems } from '#infra/demo/portal/items.ts'
import type { Browserless } from '../visitor.ts'
import * as visitor from '../visitor.ts'

/** A page of a portal's table as a visitor without a browser sees it, whatever the portal. */
export type Seen = {
  status: number
  location: string | null
  text: string
  headers: string[]
  rows: string[][]
  total: number | null
  isLast: boolean
}

/** What the moods are tried on: each portal in the same words. */
export type Tried = {
  portal: PortalName
  serve: () => ReturnType<typeof servePortal>
  signIn(by: Browserless): Promise<Response>
  /** As far as the password, where more is to come. */
  submit?(by: Browserless): Promise<Response>
  /** The page that is seen first, and the one with the table. */
  paths: { form: string; table: string }
  columns: { code: string; title: string; delivery: string; status?: string; quantity?: string }
  pages: number
  ask(by: Browserless, page: number): Promise<Response>
  see(response: Response): Promise<Seen>
}

export const now = () => new Date('2026-11-21T12:00:00Z')
const port = { port: 0, now }

export const tried: Record<PortalName, Tried> = {
  tokimi: {
    portal: 'tokimi',
    serve: () => servePortal({ ...port, items: demoItems('2026-11-21') }),
    signIn: (by) => by.send('/prihlaseni', { jmeno: account.username, heslo: account.password }),
    paths: { form: '/prihlaseni', table: '/katalog' },
    columns: { code: 'Kód', title: 'Název', delivery: 'Dostupnost' },
    pages: 4,
    ask: (by, page) => by.ask(`/katalog?strana=${page}`),
    see: async (response) => {
      const text = await response.text()
      const total = /Zobrazeno \d+–\d+ z (\d+)/.exec(text)?.[1]
      return { ...seen(response, text), ...table(text), total: numberOf(total), isLast: !text.includes('Další ›') }
    },
  },
  hurtownia: {
    portal: 'hurtownia',
    serve: () => serveHurtownia(port),
    signIn: (by) => visitor.signInHurtownia(by, visitor.codeAt(now())),
    submit: visitor.submitHurtownia,
    paths: { form: '/logowanie', table: '/towary' },
    columns: { code: 'Indeks', title: 'Nazwa', delivery: 'Dostępność', quantity: 'Ilość' },
    pages: 4,
    ask: (by, page) => by.ask(page === 1 ? '/towary' : `/towary/wiecej?od=${(page - 1) * 30}`),
    see: async (response) => {
      const text = await response.text()
      const said = decodeURIComponent(response.headers.get('x-wyswietlono') ?? '') || text
      const total = /Wyświetlono \d+ z (\d+)/.exec(said)?.[1]
      const isLast = !text.includes('id="wiecej"') && !response.headers.has('x-dalej')
      return { ...seen(response, text), ...table(text), total: numberOf(total), isLast }
    },
  },
  kontor: {
    portal: 'kontor',
    serve: () => serveKontor(port),
    signIn: (by) => visitor.signInKontor(by),
    paths: { form: '/anmeldung', table: '/preisliste' },
    columns: { code: 'Artikelnummer', title: 'Bezeichnung', delivery: 'Liefertermin', status: 'Lieferstatus' },
    pages: 1,
    ask: (by) => by.ask(`/preisliste/export?${visitor.allOfKontor}`),
    see: async (response) => {
      const isFile = response.headers.get('content-type')?.includes('spreadsheet') ?? false
      if (!isFile) return { ...seen(response, await response.text()), ...table(''), total: null, isLast: true }
      const { rows } = await visitor.sheetOf(response)
      const total = /^Summe: (\d+)/.exec(rows.at(-1)?.[0] ?? '')?.[1]
      const body = rows.slice(2, total === undefined ? undefined : -1)
      return { ...seen(response, ''), headers: rows[1] ?? [], rows: body, total: numberOf(total), isLast: true }
    },
  },
  northpine: {
    portal: 'northpine',
    serve: () => serveNorthpine(port),
    signIn: async (by) => {
      const answer = await visitor.signInNorthpine(by)
      if (answer.status === 303) tokens.set(by, tokenIn(await by.text(answer.headers.get('location') ?? '')))
      return answer
    },
    paths: { form: '/login', table: '/inventory' },
    columns: { code: 'sku', title: 'name', delivery: 'stock.eta', status: 'stock.status', quantity: 'stock.qty' },
    pages: 3,
    ask: (by, page) => {
      const headers = { authorization: `Bearer ${tokens.get(by)}` }
      return by.ask(`/api/inventory?page=${page}&size=50`, { headers })
    },
    see: async (response) => {
      const text = await response.text()
      const isData = response.headers.get('content-type')?.includes('json') && response.status === 200
      const { meta = {}, items = [] } = isData ? JSON.parse(text) : {}
      const headers = Object.keys(flat(items[0] ?? {}))
      const rows = items.map((item: object) => headers.map((name) => flat(item)[name] ?? ''))
      return { ...seen(response, text), headers, rows, total: meta.total ?? null, isLast: meta.page === meta.pages }
    },
  },
}

const tokens = new WeakMap<Browserless, string>()

function tokenIn(page: string): string {
  return /name="api-token" content="([^"]+)"/.exec(page)?.[1] ?? ''
}

function seen(response: Response, text: string): Pick<Seen, 'status' | 'location' | 'text'> {
  return { status: response.status, location: response.headers.get('location'), text }
}

function table(text: string): Pick<Seen, 'headers' | 'rows'> {
  return { headers: visitor.headersOf(text), rows: visitor.rowsOf(text).map((cells) => cells.map(unescaped)) }
}

function unescaped(cell: string): string {
  return cell.replaceAll('&nbsp;', '\u00A0').replaceAll('&quot;', '"')
}

/** An item of the data as cells by path. */
function flat(item: object): Record<string, string> {
  const entries = Object.entries(item).flatMap(([name, value]): [string, unknown][] =>
    value !== null && typeof value === 'object'
      ? Object.entries(value).map(([inner, deep]) => [`${name}.${inner}`, deep])
      : [[name, value]],
  )
  return Object.fromEntries(entries.map(([name, value]) => [name, value === null ? '' : `${value as string | number}`]))
}

function numberOf(text: string | undefined): number | null {
  return text === undefined ? null : Number(text)
}

export type Portal = Awaited<ReturnType<Tried['serve']>>

/** A portal at which somebody is signed in, before the mood comes. */
export type Moody = {
  on: Tried
  portal: Portal
  by: Browserless
  /** The pages as they were without a mood. */
  before: Seen[]
  set(fault: FaultName, codes?: string[]): void
  page(n: number): Promise<Seen>
  pages(): Promise<Seen[]>
}

/** Without a mood the pages are always the same. */
const known = new WeakMap<Portal, Seen[]>()

/** Opens the portal anew for one mood. */
export async function moody(on: Tried, portal: Portal): Promise<Moody> {
  await fetch(`${portal.url}/control/reset`, { method: 'POST' })
  const by = visitor.makeBrowserless(portal.url)
  await on.signIn(by)
  const page = async (n: number) => on.see(await on.ask(by, n))
  const pages = async () => {
    const all: Seen[] = []
    for (let n = 1; n <= on.pages; n++) all.push(await page(n))
    return all
  }
  const before = known.get(portal) ?? (await pages())
  known.set(portal, before)
  return {
    on,
    portal,
    by,
    before,
    set(fault, codes = []) {
      portal.faultSwitch.name = fault
      portal.faultSwitch.codes = codes
    },
    page,
    pages,
  }
}

/** All cells below the header, by its text, over all pages. */
export function column(pages: Seen[], header: string | undefined): string[] {
  // Rows that a script fetches come without headers: those of the first page are theirs.
  const first = pages[0]?.headers ?? []
  return pages.flatMap(({ headers, rows }) => {
    const at = (headers.length > 0 ? headers : first).indexOf(header ?? '')
    return at < 0 ? [] : rows.map((row) => row[at] ?? '')
  })
}
