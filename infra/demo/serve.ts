import type { Server } from 'node:http'
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'

/** Something that listens; `close` also ends connections that are still open. */
export type Served = { url: string; close(): Promise<void> }

/** Listens on loopback; port 0 takes any free one. */
export async function serveApp(app: Pick<Hono, 'fetch'>, port: number): Promise<Served> {
  const answer = getRequestListener(app.fetch)
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  const taken = typeof address === 'object' ? address?.port : port
  return { url: `http://127.0.0.1:${taken}`, close: () => closeServer(server) }
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
