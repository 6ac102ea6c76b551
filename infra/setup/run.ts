import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

type Run = {
  env?: Record<string, string | undefined>
  onLine?: (line: string) => void
  showOutput?: boolean
  /** Ends the command with SIGTERM. */
  signal?: AbortSignal | undefined
}

/** Runs a command to its end; where it fails, the error holds its last words. */
export async function run(
  command: string,
  args: string[],
  { env = process.env, onLine, showOutput, signal }: Run = {},
) {
  const output = showOutput ? 2 : 'pipe'
  const child = spawn(command, args, { stdio: ['ignore', output, output], env, signal })
  const last: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue
    createInterface({ input: stream }).on('line', (line) => {
      onLine?.(line)
      last.push(line)
      if (last.length > 8) last.shift()
    })
  }
  const code = await new Promise<number | string>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status, killedBy) => resolve(status ?? killedBy ?? 'unknown'))
  })
  if (code !== 0) throw new Error([`${command} ended with ${code}`, ...last].join('\n      '))
}
