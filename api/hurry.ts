import type { MessageOf, MessageType } from '#core/domain/messages.ts'
import type { Given } from './given.ts'

export type Hurry = <T extends MessageType>(
  type: T,
  outgoing: { body: MessageOf<T>; id: string; supplier?: string },
) => void

/**
 * Publishes what is only a hurry-up: what it is about is stored already, and the sweep finds it as well. So nobody waits
 * for it, and a broker that is away fails no request.
 */
export function makeHurry({ broker, log }: Pick<Given, 'broker' | 'log'>): Hurry {
  return (type, outgoing) => {
    if (!broker.isConnected()) return
    broker.publish(type, outgoing).catch((error: unknown) => {
      log.debug({ err: error }, `${type} ${outgoing.id} was not published; the sweep will find it`)
    })
  }
}
