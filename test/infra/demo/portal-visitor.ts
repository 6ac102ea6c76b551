import { account } from '#infra/demo/portal/account.ts'

/** A visitor of the demo portal without a browser: keeps the cookie, fills in the form. */
export function makeVisitor(url: string) {
  let cookie = ''
  async function ask(path: string, form?: Record<string, string>): Promise<Response> {
    const headers: Record<string, string> = cookie ? { cookie } : {}
    const body = form && { method: 'POST', body: new URLSearchParams(form) }
    const response = await fetch(new URL(path, url), { redirect: 'manual', headers, ...body })
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
    return response
  }
  return {
    ask,
    cookie: () => cookie,
    async csrf(path = '/prihlaseni'): Promise<string> {
      return /name="_csrf" value="([^"]+)"/.exec(await (await ask(path)).text())?.[1] ?? ''
    },
    async signIn(password: string = account.password): Promise<Response> {
      return ask('/prihlaseni', { _csrf: await this.csrf(), jmeno: account.username, heslo: password })
    },
    async page(n: number) {
      const response = await ask(`/katalog?strana=${n}`)
      return readTable(response, await response.text())
    },
  }
}

function readTable(response: Response, page: string) {
  const body = /<tbody>(.*)<\/tbody>/s.exec(page)?.[1] ?? ''
  const rows = Array.from(body.matchAll(/<tr>(.*?)<\/tr>/gs), ([, row = '']) =>
    Array.from(row.matchAll(/<td[^>]*>(.*?)<\/td>/gs), ([, cell = '']) => cell),
  )
  const headers = Array.from(page.matchAll(/<th[^>]*>(.*?)<\/th>/g), (match) => match[1])
  const said = /Zobrazeno [^<]*/.exec(page)?.[0]
  return { status: response.status, location: response.headers.get('location'), rows, headers, said, page }
}

/** Asks the control face of portal or mailbox: `PUT items/FIG-1042`. */
export async function control(url: string, request: string, body?: unknown) {
  const [method = 'GET', path] = request.split(' ')
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  const response = await fetch(`${url}/control/${path}`, { method, ...sent })
  return { status: response.status, type: response.headers.get('content-type'), body: await response.json() }
}
