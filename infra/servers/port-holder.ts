import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { commandOf, until } from './detached.ts'
import { isFree } from './free-port.ts'

/** Waits a moment for ports to become free, and says for each that does not what holds it; empty when all are. */
async function portProblems(ports: Record<string, number>, seconds = 0.5): Promise<string[]> {
  const problems = await Promise.all(
    Object.entries(ports).map(async ([name, port]) => {
      if (await until(() => isFree(port), { seconds })) return []
      return [`${name}: port ${port} is held by ${holderOf(port)}`]
    }),
  )
  return problems.flat()
}

/** A server that answers on a port need not be ours: never start, and then talk to, what somebody else runs there. */
export async function demandFree(ports: Record<string, number>, seconds = 5): Promise<void> {
  const problems = await portProblems(ports, seconds)
  if (problems.length > 0) throw new Error(`Cannot start:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
}

/** The process that listens on a port, by pid and command, as far as this user may see it. */
export function holderOf(port: number): string {
  const sockets = new Set(['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => listeningSockets(file, port)))
  const pid = pids().find((candidate) => holdsOneOf(candidate, sockets))
  if (!pid) return 'a process that this user cannot see'
  return `process ${pid} (${(commandOf(pid) ?? 'unknown').slice(0, 120)})`
}

/** Lines of the table: `sl local_address rem_address st … inode`, addresses in hexadecimal, 0A = listening. */
function listeningSockets(file: string, port: number): string[] {
  const ending = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const rows = read(file)
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
  return rows.filter((row) => row[1]?.endsWith(ending) && row[3] === '0A').map((row) => `socket:[${row[9]}]`)
}

function pids(): number[] {
  return list('/proc')
    .map(Number)
    .filter((pid) => pid > 0)
}

function holdsOneOf(pid: number, sockets: Set<string>): boolean {
  return list(`/proc/${pid}/fd`).some((fd) => sockets.has(link(`/proc/${pid}/fd/${fd}`)))
}

// Processes end while we look, and those of others may not be looked at: either holds nothing that we can name.
function list(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function link(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
