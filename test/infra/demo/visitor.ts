import { read, type WorkSheet } from '@e965/xlsx'
import { Secret, TOTP } from 'otpauth'
import { account as hurtownia } from '#infra/demo/hurtownia/account.ts'
import { account as kontor } from '#infra/demo/kontor/account.ts'
import { account as northpine } from '#infra/demo/northpine/account.ts'

type Form = Record<string, string>

/** A visitor of any demo portal without a browser: keeps the cookies, fills in the forms. */
export function makeBrowserless(url: string) {
  const cookies = new Map<string, string>()
  async function ask(path: string, { form, headers }: { form?: Form; headers?: Form } = {}): Promise<Response> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const body = form && { method: 'POST', body: new URLSearchParams(form) }
    const sent = { ...(cookie && { cookie }), ...headers }
    const response = await fetch(new URL(path, url), { redirect: 'manual', headers: sent, ...body })
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    return response
  }
  return {
    ask,
    async text(path: string): Promise<string> {
      return (await ask(path)).text()
    },
    /** Opens a form, and sends it filled in. */
    async send(path: string, form: Form): Promise<Response> {
      const page = await (await ask(path)).text()
      const _csrf = /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? ''
      return ask(path, { form: { _csrf, ...form } })
    },
  }
}
export type Browserless = ReturnType<typeof makeBrowserless>

export function codeAt(moment: Date): string {
  return new TOTP({ secret: Secret.fromBase32(hurtownia.totp) }).generate({ timestamp: moment.getTime() })
}

export async function submitHurtownia(visitor: Browserless): Promise<Response> {
  await visitor.send('/logowanie', { login: hurtownia.username })
  return visitor.send('/logowanie/haslo', { haslo: hurtownia.password })
}

export async function signInHurtownia(visitor: Browserless, code: string): Promise<Response> {
  await submitHurtownia(visitor)
  return visitor.send('/logowanie/kod', { kod: code })
}

export function signInKontor(visitor: Browserless, password: string = kontor.password): Promise<Response> {
  return visitor.send('/anmeldung', { email: kontor.username, passwort: password })
}

export function signInNorthpine(visitor: Browserless, password: string = northpine.password): Promise<Response> {
  return visitor.send('/login', { username: northpine.username, password })
}

export const allOfKontor =
  'warengruppe=alle&verfuegbarkeit=lieferbar&verfuegbarkeit=vorbestellbar&verfuegbarkeit=ausverkauft'

/** Reads the file as a person sees it: the texts of its cells, row by row. */
export async function sheetOf(response: Response): Promise<{ sheet: WorkSheet; rows: string[][] }> {
  const book = read(new Uint8Array(await response.arrayBuffer()), { cellNF: true })
  const sheet = Object.values(book.Sheets)[0] ?? {}
  const [, columns = 'A', lines = '0'] = /:([A-Z]+)(\d+)$/.exec(sheet['!ref'] ?? '') ?? []
  const letters = Array.from({ length: columns.charCodeAt(0) - 64 }, (_, i) => String.fromCharCode(65 + i))
  const rows = Array.from({ length: Number(lines) }, (_, i) =>
    letters.map((letter) => String(sheet[`${letter}${i + 1}`]?.w ?? sheet[`${letter}${i + 1}`]?.v ?? '')),
  )
  return { sheet, rows }
}

/** The rows of a table in HTML: the texts of their cells. */
export function rowsOf(markup: string): string[][] {
  const body = /<tbody>(.*?)<\/tbody>/s.exec(markup)?.[1] ?? markup
  return Array.from(body.matchAll(/<tr>(.*?)<\/tr>/gs), ([, row = '']) =>
    Array.from(row.matchAll(/<td[^>]*>(.*?)<\/td>/gs), ([, cell = '']) => cell),
  )
}

export function headersOf(markup: string): string[] {
  const head = /<thead>(.*?)<\/thead>/s.exec(markup)?.[1] ?? ''
  return Array.from(head.matchAll(/<th[^>]*>(.*?)<\/th>/g), ([, header = '']) => header)
}
