import { sayOver } from '#core/domain/incident.ts'
import type { Logger } from '#core/process/log.ts'
import type { Store } from '#core/store/store.ts'

export type Trouble = { kind: string; subject: string; words: string; hint: string }
export type Incidents = ReturnType<typeof makeIncidents>

type Parts = { store: Pick<Store, 'incidents'>; log: Logger; elapsedMs?: () => number }

/** Another notifier may open meanwhile what this one knows to be over. */
const knownForMs = 60_000

/** Troubles are told once when they open and once when they close, however often they are met. */
export function makeIncidents({ store, log, elapsedMs = () => performance.now() }: Parts) {
  /** What is known to be over, and since when. */
  const known = new Map<string, number>()

  async function close(kind: string, subject: string): Promise<void> {
    const closed = await store.incidents.close(kind, subject)
    if (closed === null) return
    log.info({ incident: kind }, sayOver(closed, Date.now()))
  }

  return {
    close,

    /** The same for what happens often: asks the store now and then, and after this process met the trouble itself. */
    async recovered(kind: string, subject: string): Promise<void> {
      const name = `${kind}/${subject}`
      if (elapsedMs() - (known.get(name) ?? -Infinity) < knownForMs) return
      // Before asking: what is opened while we ask is to be asked for again.
      known.set(name, elapsedMs())
      await close(kind, subject).catch((error: unknown) => {
        known.delete(name)
        throw error
      })
    },

    async open(trouble: Trouble): Promise<void> {
      const opening = store.incidents.open(trouble)
      const isNew = await opening.finally(() => known.delete(`${trouble.kind}/${trouble.subject}`))
      if (isNew) log.error({ hint: trouble.hint, incident: trouble.kind }, `${trouble.subject}: ${trouble.words}`)
    },
  }
}
