import type { RunProgress } from '#core/domain/messages.ts'
import type { Harvest } from './harvest.ts'
import type { Voice } from './voice.ts'

export type ProgressTeller = Disposable & { step(step: RunProgress['step']): Promise<void> }

const everyMs = 2_500

/** Tells the steps of a run at once, and pages and rows every few seconds while they grow. */
export function startProgress({ voice, harvest }: { voice: Voice; harvest: Harvest }): ProgressTeller {
  let told = 0
  const timer = setInterval(() => {
    const counts = harvest.counts()
    if (counts.pages === told) return
    told = counts.pages
    voice.progressMeanwhile({ step: 'reading', ...counts })
  }, everyMs)
  return {
    step: (step) => voice.progress({ step, ...harvest.counts() }),
    [Symbol.dispose]: () => clearInterval(timer),
  }
}
