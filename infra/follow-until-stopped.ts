import { followLogs } from './follow-logs.ts'
import type { Plan } from './plan.ts'
import { daemonRuns } from './pm2.ts'
import { logOf } from './processes.ts'

type Options = { lines: number; onSignal: (stop: () => void) => void }

/** Shows the processes' logs until a signal comes, or until somebody else has stopped everything. */
export async function followUntilStopped(plan: Plan, { lines, onSignal }: Options): Promise<'signal' | 'ended'> {
  const names = [...plan.demo, ...plan.ours].map(({ name }) => name)
  const files = new Map(names.map((name) => [name, logOf(plan.places, name)]))
  // The reader of our output has gone away: then there is nobody to follow for, and nothing is stopped by it.
  process.stdout.on('error', () => process.exit(0))
  const bare = plan.environment['LOG_FORMAT'] === 'json'
  const follower = followLogs({ files, lines, bare, write: (line) => process.stdout.write(`${line}\n`) })
  const outcome = await new Promise<'signal' | 'ended'>((resolve) => {
    onSignal(() => resolve('signal'))
    const timer = setInterval(() => {
      if (daemonRuns(plan.places)) return
      clearInterval(timer)
      resolve('ended')
    }, 1000)
  })
  follower.stop()
  return outcome
}
