import { isStoreTrouble } from '#core/store/mongo.ts'

type Log = Record<'error' | 'warn' | 'info', (fields: object, text: string) => void>

/** What loops of this process meet is told once, and once when it is over, however often they meet it meanwhile. */
export function makeTroubles(log: Log) {
  let awaySince: number | null = null
  return {
    /** The store itself cannot hold an incident of its being away, so the log alone tells it. */
    met(error: unknown, words: string): void {
      if (!isStoreTrouble(error)) return log.warn({ err: error }, words)
      if (awaySince !== null) return
      awaySince = performance.now()
      const hint = 'Check MONGODB_URL and the database; all goes on by itself when it answers'
      log.error({ err: error, hint }, 'the store is away; everything waits')
    },
    /** A look at the store succeeded. */
    over(): void {
      if (awaySince === null) return
      const seconds = Math.round((performance.now() - awaySince) / 1000)
      awaySince = null
      log.info({ seconds }, `the store answers again after ${seconds} s`)
    },
  }
}
export type Troubles = ReturnType<typeof makeTroubles>
