import { readFileSync, statSync } from 'node:fs'

/** Resident memory of a process in bytes; 0 where this machine does not tell. */
export function memoryOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1]
  return kilobytes ? Number(kilobytes) * 1024 : 0
}

/** When a process was started, in milliseconds since 1970; 0 where this machine does not tell. */
export function startOf(pid: number): number {
  return statSync(`/proc/${pid}`, { throwIfNoEntry: false })?.ctimeMs ?? 0
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
