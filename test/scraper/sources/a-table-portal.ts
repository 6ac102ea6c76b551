import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'

export type Answer = {
  status?: number
  headers?: Record<string, string>
  html: string
  waitMs?: number
  until?: Promise<unknown>
}
export type TablePortal = {
  address: string
  /** What was asked for, with the moment and how many others were asked for at that time. */
  asked: { path: string; at: number; atOnce: number }[]
  close(): Promise<void>
}

/** A portal of a few lines, for one test; `times` counts how often this very path was asked for. */
export async function serveTablePortal(answer: (url: URL, times: number) => string | Answer): Promise<TablePortal> {
  const asked: TablePortal['asked'] = []
  let atOnce = 0
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? '/'
    if (path === '/favicon.ico') return response.writeHead(204).end()
    atOnce += 1
    asked.push({ path, at: performance.now(), atOnce })
    const times = asked.filter((one) => one.path === path).length
    const given = answer(new URL(path, `http://${request.headers.host}`), times)
    const { status = 200, headers = {}, html, waitMs = 0, until } = typeof given === 'string' ? { html: given } : given
    if (waitMs > 0) await wait(waitMs)
    await until
    atOnce -= 1
    const type = path.startsWith('/data') ? 'application/json' : 'text/html; charset=utf-8'
    return response.writeHead(status, { 'content-type': type, ...headers }).end(html)
  }
  const server = createServer((request, response) => void respond(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

export type Item = [code: string, title: string, said: string]

export const account = 'Figurkov s.r.o.'

/** Items A1, A2, …: as many as wanted. */
export function items(count: number, from = 1): Item[] {
  return Array.from({ length: count }, (_, i) => [`A${from + i}`, `Soška ${from + i}`, `${from + i}. 3. 2027`])
}

export function rowOf([code, title, said]: Item): string {
  return `<tr><td>${code}</td><td>${title}</td><td>${said}</td></tr>`
}

type Parts = { rows?: Item[]; inner?: string; above?: string; below?: string; head?: string }

export function tableOf({ rows = [], inner = '' }: Pick<Parts, 'rows' | 'inner'>): string {
  const head = '<thead><tr><th>Kód</th><th>Název</th><th>Dostupnost</th></tr></thead>'
  return `<table id="zbozi">${head}<tbody>${rows.map(rowOf).join('')}${inner}</tbody></table>`
}

/** A page of somebody who is signed in. */
export function pageOf(parts: Parts): string {
  return shell(`${parts.above ?? ''}${tableOf(parts)}${parts.below ?? ''}`, parts.head)
}

export function shell(body: string, head = ''): string {
  return `<!doctype html><html><head><meta charset="utf-8"><title>Katalog</title>${head}</head>
    <body><b class="ucet">${account}</b>${body}</body></html>`
}
