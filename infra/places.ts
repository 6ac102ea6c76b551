import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '..')

/** Where everything of one installation lies; all of it below its folder of data, nothing elsewhere. */
export function placesIn(varDir: string) {
  const folder = resolve(root, varDir)
  return {
    folder,
    pm2: pm2Home(folder),
    logs: join(folder, 'log'),
    broker: join(folder, 'broker'),
    store: join(folder, 'store'),
    sessions: join(folder, 'sessions'),
    demo: join(folder, 'demo'),
    demoKey: join(folder, 'demo-key'),
    /** Who is bringing it up at this moment. */
    starter: join(folder, 'starter.pid.json'),
    /** How it was started: what the other commands need to know of it. */
    started: join(folder, 'started.json'),
    compiled: join(folder, 'compiled'),
  }
}
export type Places = ReturnType<typeof placesIn>

/** What this installation put into its folder of data, and no more: the folder may hold what is not ours. */
export function ownIn(places: Places): string[] {
  return Object.values(places).filter((place) => place !== places.folder)
}

/** PM2 talks over sockets in its home, and the path of a socket may have no more than 107 characters. */
function pm2Home(folder: string): string {
  const home = join(folder, 'pm2')
  if (join(home, 'interactor.sock').length <= 100) return home
  return join(tmpdir(), `avizo-pm2-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`)
}
