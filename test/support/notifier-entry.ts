import { once } from 'node:events'
import { live } from '#core/process/life.ts'
import { makeLogger } from '#core/process/log.ts'
import { readSettings } from '#core/process/settings.ts'
import { startNotifier } from '#notifier/notifier.ts'
import { usualPauses, type Pauses } from '#notifier/pauses.ts'
import { settings as schema } from '#notifier/settings.ts'

/**
 * The notifier as production starts it, but that it kills itself at a step it is told, or waits once at PAUSE_AT; in PAUSES
 * it is told to rest for less after trouble.
 */
const settings = readSettings(schema)
const log = makeLogger({ name: 'notifier', format: settings.LOG_FORMAT, level: settings.LOG_LEVEL })
let killAt: string | undefined
process.on('message', (said) => (killAt = /^kill at (.+)$/.exec(String(said))?.[1] ?? killAt))
const pauses = { ...usualPauses, ...(JSON.parse(process.env['PAUSES'] ?? '{}') as Partial<Pauses>) }
let pauseAt = process.env['PAUSE_AT']
await live(log, (stack) =>
  startNotifier(stack, {
    settings,
    log,
    pauses,
    at: async (step) => {
      if (step === killAt) process.kill(process.pid, 'SIGKILL')
      if (step !== pauseAt) return
      pauseAt = undefined
      const go = once(process, 'message')
      process.send?.('paused')
      await go
    },
  }),
)
