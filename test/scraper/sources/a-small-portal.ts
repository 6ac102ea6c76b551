import { createServer } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Asked = { method: string; path: string; query: URLSearchParams; headers: IncomingHttpHeaders; body: string }
/** `cutAfter` ends the connection after so many bytes; `endless` never ends. */
export type Answer = {
  status?: number
  headers?: Record<string, string>
  body?: string | Uint8Array
  cutAfter?: number
  endless?: true
}
export type Play = (asked: Asked) => Answer
export type SmallPortal = AsyncDisposable & { url: string; asked: Asked[] }

/** A portal of a few lines that remembers what it was asked. */
export async function servePortal(play: Play): Promise<SmallPortal> {
  const all: Asked[] = []
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const asked = await read(request)
    all.push(asked)
    reply(response, play(asked))
  }
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: all,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function read(request: IncomingMessage): Promise<Asked> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  const { method = 'GET', url = '/', headers } = request
  const { pathname, searchParams } = new URL(url, 'http://portal')
  return { method, path: pathname, query: searchParams, headers, body }
}

function reply(response: ServerResponse, { status = 200, headers = {}, body = '', cutAfter, endless }: Answer): void {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  const length = endless ? {} : { 'content-length': String(bytes.length) }
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...length, ...headers })
  if (endless) return writeOn(response)
  if (cutAfter === undefined) return void response.end(bytes)
  response.write(bytes.subarray(0, cutAfter), () => setTimeout(() => response.destroy(), 50))
}

function writeOn(response: ServerResponse): void {
  if (response.destroyed) return
  if (response.write(Buffer.alloc(100_000, 'x'))) setImmediate(writeOn, response)
  else response.once('drain', () => writeOn(response))
}

export const account = 'Figurkov s.r.o.'

/** A page for those who are signed in. */
export function ours(body: string): Answer {
  return { body: page(`<b class="account">${account}</b>${body}`) }
}

export const loginPage: Answer = { body: page('<form><input name="u"><input type="password" name="p"></form>') }

function page(body: string): string {
  return `<!doctype html><title>Portál</title><link rel="icon" href="data:,"><body>${body}</body>`
}
