import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root, type Places } from './places.ts'
import { commandOf, until } from './servers/detached.ts'

/** Ends processes that a PM2 left behind when it was killed: nobody watches them, yet they hold ports and queues. */
export async function endOrphans(places: Places): Promise<number> {
  const folder = join(places.pm2, 'pids')
  const orphans = list(folder).filter((file) => isOurProcess(Number(readFileSync(file, 'utf8'))))
  await Promise.all(orphans.map((file) => end(Number(readFileSync(file, 'utf8')))))
  for (const file of list(folder)) rmSync(file, { force: true })
  return orphans.length
}

async function end(pid: number): Promise<void> {
  process.kill(pid, 'SIGTERM')
  if (await until(() => !isOurProcess(pid), { seconds: 25 })) return
  process.kill(pid, 'SIGKILL')
  await until(() => !isOurProcess(pid), { seconds: 5 })
}

/** PM2 titles a process `node <path of its script>`. */
function isOurProcess(pid: number): boolean {
  return pid > 0 && (commandOf(pid)?.startsWith(`node ${root}/`) ?? false)
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.pid'))
      .map((name) => join(folder, name))
  } catch {
    return []
  }
}
