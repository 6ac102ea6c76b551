import type { Promised, Supplier } from './health.ts'
import type { Managed } from './pm2.ts'

export type Row = { name: string; status: string; pid: number; up: string; memory: string; restarts: string }

const heads = { name: 'process', status: 'state', pid: 'pid', up: 'up', memory: 'memory', restarts: 'restarts' }

export function row({ name, status, pid, upSince, memory, restarts }: Managed, now = Date.now()): Row {
  const up = pid > 0 && upSince > 0 ? ago(now - upSince) : ''
  return {
    name,
    status,
    pid,
    up,
    memory: memory ? `${Math.round(memory / 1024 / 1024)} MB` : '',
    restarts: String(restarts),
  }
}

export function table(rows: Row[]): string {
  const keys = ['name', 'status', 'pid', 'up', 'memory', 'restarts'] as const
  const lines = [heads, ...rows].map((line) => keys.map((key) => String(line[key] || '')))
  const widths = keys.map((_, i) => Math.max(...lines.map((cells) => cells[i]?.length ?? 0)))
  return lines
    .map((cells) =>
      cells
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** `lastAccepted` is a moment, or an object that holds one. */
export function lastAccepted({ id, lastAccepted: last }: Supplier, now = Date.now()): string {
  const moment = momentIn(last)
  return `supplier ${id}: ${moment === undefined ? 'never read yet' : `last accepted run ${ago(now - moment)} ago`}`
}

/** "P9   kept  no message is lost or tried for ever · 0 messages parked" */
export function promiseLine({ id, promise, state, seen }: Promised): string {
  const mark = state === 'kept' || state === 'not counted' ? state : state.toUpperCase()
  return `${id.padEnd(3)} ${mark}  ${promise} · ${seen}`
}

export function ago(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 120) return `${seconds} s`
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`
}

function momentIn(value: unknown): number | undefined {
  if (typeof value === 'string') return Number.isNaN(Date.parse(value)) ? undefined : Date.parse(value)
  if (typeof value !== 'object' || value === null) return undefined
  return Object.values(value)
    .map(momentIn)
    .find((moment) => moment !== undefined)
}
