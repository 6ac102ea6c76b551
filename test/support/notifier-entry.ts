import { once } from 'node:events'
import { live } from '#core/process/life.ts'
import { makeLogger } from '#core/process/log.ts'
import { readSettings } from '#core/process/settings.ts'
import { startNotifier } from '#notifier/notifier.ts'
import { usualPauses, type Pauses } from '#notifier/pauses.ts'
import { settings as schema } from '#notifier/settings.ts'

/**
 * The notifier as production starts it, but that it kills or freezes itself at a step it is told, or waits once at
 * PAUSE_AT; in PAUSES it is told to rest for less after trouble; by CLOCK_AHEAD_SECONDS its machine's clock is wrong.
 */
shiftClock(Number(process.env['CLOCK_AHEAD_SECONDS'] ?? 0) * 1000)
const settings = readSettings(schema)
const log = makeLogger({ name: 'notifier', format: settings.LOG_FORMAT, level: settings.LOG_LEVEL })
let strike: { how: 'SIGKILL' | 'SIGSTOP'; at: string } | undefined
process.on('message', (said) => {
  const [, how, at] = /^(kill|freeze) at (.+)$/.exec(String(said)) ?? []
  if (at !== undefined) strike = { how: how === 'kill' ? 'SIGKILL' : 'SIGSTOP', at }
})
const pauses = { ...usualPauses, ...(JSON.parse(process.env['PAUSES'] ?? '{}') as Partial<Pauses>) }
let pauseAt = process.env['PAUSE_AT']
await live(log, (stack) =>
  startNotifier(stack, {
    settings,
    log,
    pauses,
    at: async (step) => {
      if (step === strike?.at) await suffer(strike.how)
      if (step !== pauseAt) return
      pauseAt = undefined
      const go = once(process, 'message')
      process.send?.('paused')
      await go
    },
  }),
)

/** Once; a freeze is told of before, for nothing can be told in it. */
async function suffer(how: 'SIGKILL' | 'SIGSTOP'): Promise<void> {
  strike = undefined
  if (how === 'SIGSTOP') await new Promise((told) => process.send?.('freezing', undefined, undefined, told))
  process.kill(process.pid, how)
}

/** What a machine with a wrong clock gives to whoever asks for the time. */
function shiftClock(milliseconds: number): void {
  if (milliseconds === 0) return
  globalThis.Date = new Proxy(Date, {
    construct: (target, args) =>
      args.length === 0 ? new target(target.now() + milliseconds) : Reflect.construct(target, args),
    get: (target, name) => (name === 'now' ? () => target.now() + milliseconds : Reflect.get(target, name)),
  })
}
