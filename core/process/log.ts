import type { Logger } from 'pino'
import { pino } from 'pino'
import { PinoPretty } from 'pino-pretty'

export type { Logger }
export type LogOptions = { name: string; format: 'text' | 'json'; level: string }

/** Paths that never reach a line, whatever is logged: a net under the rule that nobody logs them. */
const secretPaths = ['password', '*.password', 'email', '*.email', 'to', '*.to', 'key', '*.key', 'authorization']

/** One line a happening: `text` for people who read `pm2 logs`, `json` for machines. */
export function makeLogger({ name, format, level }: LogOptions): Logger {
  const options = { name, level, base: { name }, redact: { paths: secretPaths, censor: '[hidden]' } }
  if (format === 'json') return pino({ ...options, serializers: { err: shortError } })
  const pretty = PinoPretty({
    colorize: false,
    sync: true,
    translateTime: 'SYS:yyyy-mm-dd HH:MM:ss',
    ignore: 'pid,hostname,name,err,hint',
    messageFormat: (line, key) => `${String(line[key])}${trailer(line)}`,
    hideObject: true,
  })
  return pino({ ...options, serializers: { err: shortError } }, pretty)
}

/** The error's name and words without its stack, which belongs to a debugger and not to the morning's log. */
function shortError(error: unknown): object | string {
  if (!(error instanceof Error)) return String(error)
  return { name: error.name, message: error.message, ...(isOurFault(error) ? { stack: error.stack } : {}) }
}

function isOurFault(error: Error): boolean {
  return error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError
}

function trailer(line: Record<string, unknown>): string {
  const error = line['err'] as { message?: string; stack?: string } | string | undefined
  const said = typeof error === 'string' ? error : (error?.stack ?? error?.message)
  const hint = typeof line['hint'] === 'string' ? ` → ${line['hint']}` : ''
  return `${said ? `: ${said.replaceAll(/\s*\n\s*/g, ' ')}` : ''}${hint}`
}
