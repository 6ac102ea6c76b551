import { sayOver } from '#core/domain/incident.ts'
import type { Incident } from '#core/store/incidents.ts'
import type { Given } from './given.ts'

export type CloseIncident = ReturnType<typeof makeCloseIncident>

/** What a person does at the desk ends a trouble as what the notifier finds does: with a line in the log. */
export function makeCloseIncident({ store, log }: Pick<Given, 'store' | 'log'>) {
  return async (kind: string, subject: string): Promise<Incident | null> => {
    const closed = await store.incidents.close(kind, subject)
    if (closed !== null) log.info({ incident: kind }, sayOver(closed, Date.now()))
    return closed
  }
}
