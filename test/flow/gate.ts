import { createServer, request as ask } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

/** One page load that came through; `end` is absent while it is not answered. */
export type Load = { method: string; path: string; begin: number; end?: number }
export type Gate = {
  url: string
  loads: Load[]
  hold(what: ((load: Load) => boolean) | null): void
  close(): Promise<void>
}

/** A way into a portal for one scraper alone, that sees what it loads, and can leave a request without an answer. */
export async function openGate(portal: string): Promise<Gate> {
  const loads: Load[] = []
  let held: (load: Load) => boolean = nothing
  const server = createServer((incoming, answer) => {
    const load: Load = { method: incoming.method ?? '', path: incoming.url ?? '', begin: performance.now() }
    loads.push(load)
    answer.once('close', () => (load.end = performance.now()))
    if (!held(load)) pass(incoming, answer, portal)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    loads,
    hold: (what) => (held = what ?? nothing),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function nothing(): boolean {
  return false
}

function pass(incoming: IncomingMessage, answer: ServerResponse, portal: string): void {
  const { method, headers, url } = incoming
  const onward = ask(
    new URL(url ?? '/', portal),
    { method, headers: { ...headers, host: new URL(portal).host } },
    (got) => {
      answer.writeHead(got.statusCode ?? 500, got.headers)
      got.pipe(answer)
    },
  )
  onward.on('error', () => answer.destroy())
  answer.on('close', () => onward.destroy())
  incoming.pipe(onward)
}
