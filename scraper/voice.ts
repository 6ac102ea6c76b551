import type { Publish } from '#core/broker/publish.ts'
import type { SupplierId } from '#core/domain/ids.ts'
import type { MessageOf, MessageType, Observation, RunFinished, RunProgress } from '#core/domain/messages.ts'
import type { Evidence } from './evidence.ts'

type Speaker = { publish: Publish; supplier: SupplierId; run: string }
type Said<T> = T extends unknown ? Omit<T, 'v' | 'supplier' | 'run'> : never
export type Progress = Said<RunProgress>
export type Ending = Said<RunFinished>
export type Voice = ReturnType<typeof makeVoice>

/**
 * What one run says, on the channel that its request came by and on no other. Parts are published without waiting for
 * one another; once anything could not be published, `lost` is aborted and the run has nobody to read for.
 */
export function makeVoice({ publish, supplier, run }: Speaker) {
  const lost = new AbortController()
  const underWay = new Set<Promise<void>>()
  const head = { v: 1 as const, supplier, run }
  let steps = 0

  async function say<T extends MessageType>(type: T, step: string, body: MessageOf<T>): Promise<void> {
    try {
      await publish(type, { body, id: `${run}/${step}`, supplier })
    } catch (error) {
      lost.abort(error)
      throw error
    }
  }
  function meanwhile(saying: Promise<void>): void {
    const heard = saying.catch(() => {}) // `lost` has it.
    underWay.add(heard)
    void heard.finally(() => underWay.delete(heard))
  }
  function progress(said: Progress): Promise<void> {
    steps += 1
    return say('run.progress', `progress/${steps}`, { ...head, ...said })
  }
  return {
    lost: lost.signal,
    progress,
    progressMeanwhile: (said: Progress) => meanwhile(progress(said)),
    part: (part: number, observations: Observation[]) =>
      meanwhile(say('run.observed', `part/${part}`, { ...head, part, observations })),
    /** Everything said so far is confirmed. */
    async heard(): Promise<void> {
      await Promise.all(underWay)
      lost.signal.throwIfAborted()
    },
    evidence: (evidence: Evidence) => say('run.evidence', 'evidence', { ...head, ...evidence }),
    finished: (ending: Ending) => say('run.finished', 'finished', { ...head, ...ending }),
  }
}
