import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from './log.ts'

/** What is opened is put on the stack and given back, last opened first, when the process is told to stop. */
export type Start = (stack: AsyncDisposableStack) => Promise<void>

const stopWithinMs = 20_000

/** Life of a process: start, tell the process manager that it is ready, stop once on SIGINT or SIGTERM. */
export async function live(log: Logger, start: Start): Promise<void> {
  const stack = new AsyncDisposableStack()
  const stop = once(() => stopProcess(log, stack))
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  process.on('unhandledRejection', (reason) => die(log, reason))
  process.on('uncaughtException', (error) => die(log, error))
  try {
    await start(stack)
  } catch (error) {
    log.fatal({ err: error }, 'cannot start')
    await stack.disposeAsync().catch(() => {})
    process.exit(1)
  }
  log.info('ready')
  process.send?.('ready')
}

async function stopProcess(log: Logger, stack: AsyncDisposableStack): Promise<void> {
  log.info('stopping')
  const late = wait(stopWithinMs, 'late' as const, { ref: false })
  const outcome = await Promise.race([stack.disposeAsync().catch((error: unknown) => error), late])
  if (outcome !== undefined) log.error({ err: outcome }, 'stopped, but not everything could be closed')
  process.exit(outcome === undefined ? 0 : 1)
}

/** State after an unforeseen error is unknown: the process manager starts a clean one, and nothing is lost by it. */
function die(log: Logger, error: unknown): void {
  log.fatal({ err: error }, 'unforeseen error; the process ends and is started anew')
  process.exit(1)
}

function once(act: () => Promise<void>): () => void {
  let begun = false
  return () => {
    if (begun) return
    begun = true
    void act()
  }
}
