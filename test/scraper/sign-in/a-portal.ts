import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

export type Asked = {
  method: string
  path: string
  form: URLSearchParams
  cookies: string
  authorization: string | undefined
}
export type Answer =
  | { status?: number; html?: string; headers?: Record<string, string>; waitMs?: number }
  | 'never'
  | 'cut'
export type Play = (asked: Asked) => Answer

export type SmallPortal = AsyncDisposable & {
  url: string
  /** Everything that carried something to be checked: forms that were sent, and credentials in headers. */
  submits: Asked[]
  asked: Asked[]
}

/** A portal of a few lines, which counts what is submitted to it. */
export async function servePortal(play: Play): Promise<SmallPortal> {
  const submits: Asked[] = []
  const all: Asked[] = []
  const server = createServer((request, response) => void answer(request, response))
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = await read(request)
    all.push(asked)
    if (asked.method === 'POST' || asked.authorization !== undefined) submits.push(asked)
    const given = play(asked)
    if (typeof given === 'object' && given.waitMs !== undefined) await wait(given.waitMs)
    reply(response, given)
  }
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    submits,
    asked: all,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

async function read(request: IncomingMessage): Promise<Asked> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  const { method = 'GET', url = '/', headers } = request
  return {
    method,
    path: url,
    form: new URLSearchParams(body),
    cookies: headers.cookie ?? '',
    authorization: headers.authorization,
  }
}

function reply(response: ServerResponse, answer: Answer): void {
  if (answer === 'never') return
  if (answer === 'cut') return void response.destroy()
  const { status = 200, html = '', headers = {} } = answer
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers })
  response.end(html && page(html))
}

export function page(body: string): string {
  return `<!doctype html><html><head><title>Portal</title><link rel="icon" href="data:,"></head><body>${body}</body></html>`
}

export const account = 'Figurkov s.r.o.'
export const home = { html: `<header><b class="account">${account}</b></header><table><tr><td>zboží</td></tr></table>` }

export function form(fields: string, { action = '/login', more = '' }: { action?: string; more?: string } = {}) {
  return { html: `<form method="post" action="${action}">${fields}<button id="send">Přihlásit</button></form>${more}` }
}
export const userField = '<input name="user" id="user">'
export const passwordField = '<input name="pass" id="pass" type="password">'
export const loginForm = form(userField + passwordField)

export function redirect(location: string, headers: Record<string, string> = {}): Answer {
  return { status: 302, headers: { location, ...headers } }
}
