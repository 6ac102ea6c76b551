import { createServer } from 'node:net'

/** Given away in this process already; whoever got one may not listen there yet. */
const given = new Set<number>()

/** A port on loopback that nobody holds, below the range that outgoing connections take theirs from. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 50; tries++) {
    const port = 15_000 + Math.floor(Math.random() * 16_000)
    if (given.has(port)) continue
    given.add(port)
    if (await isFree(port)) return port
  }
  throw new Error('Found no free port on 127.0.0.1 between 15000 and 31000 in 50 tries')
}

/** Whether this process could listen on the port, at 127.0.0.1. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
