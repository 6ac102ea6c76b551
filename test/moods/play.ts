import { mailsOf } from '#test/support/mails.ts'
import type { Demo } from '#test/support/demo.ts'
import { until } from '#test/support/until.ts'
import type { FaultName } from '#infra/demo/portal/faults.ts'

/** What became of a run under a mood, as anybody can see it from outside. */
export type Outcome = {
  mood: FaultName
  /** `accepted`, `held`, or the kind of the failure. */
  ends: string
  words: string
  /** Items whose value moved, what the run could not read, and what it is the first not to find. */
  changes: number
  unreadable: number
  absent: number
  unfit: number
  /** Mails that went out because of it. */
  mails: number
  /** How often credentials were submitted. */
  submits: number
  /** Runs that it took: one that brings something new is followed by one that confirms it. */
  runs: number
  evidence: boolean
  /** Watched items whose value is another than before. */
  moved: string[]
  seconds: number
  /** What the next run after the mood came to, and the mails that it caused. */
  afterwards: { ends: string; mails: number } | null
}

type Play = { codes: string[]; recover: boolean }

/** Plays one mood on a world in which every watched item was read and is waited for. */
export async function playMood(demo: Demo, mood: FaultName, { codes, recover }: Play): Promise<Outcome> {
  const before = await standing(demo, codes)
  await demo.setFault(mood, codes)
  const began = performance.now()
  const run = await demo.run()
  const seconds = (performance.now() - began) / 1000
  await demo.settled()
  await demo.setFault(null)
  const after = await standing(demo, codes)
  const evidence = await evidenceOf(demo, run)
  const paused = await resumeIfPaused(demo)
  return {
    mood,
    ends: run.state === 'failed' ? run.failure.kind : run.state,
    words: [...run.reasons, ...(paused ? ['the supplier is paused'] : [])].join('; '),
    changes: run.counts?.changes ?? 0,
    unreadable: run.counts?.unreadable ?? 0,
    absent: run.counts === null ? 0 : run.counts.absent - before.absent,
    unfit: run.unfit.length,
    mails: after.mails - before.mails,
    submits: after.submits - before.submits,
    runs: after.runs - before.runs,
    evidence,
    moved: codes.filter((code, i) => after.values[i] !== before.values[i]),
    seconds,
    afterwards: recover ? await recovered(demo, after.mails) : null,
  }
}

/** It comes on a way of its own, a little after the end of the run; a run that was accepted need not have any. */
async function evidenceOf(demo: Demo, { id, state }: { id: string; state: string }): Promise<boolean> {
  if (state === 'accepted') return demo.evidence(id)
  return until(`the evidence of ${id}`, () => demo.evidence(id), 30).catch(() => false)
}

type Standing = { mails: number; submits: number; runs: number; absent: number; values: string[] }

async function standing(demo: Demo, codes: string[]): Promise<Standing> {
  const items = await Promise.all(codes.map((code) => demo.item(code)))
  return {
    mails: (await mailsOf(demo.mailbox.url)).length,
    submits: await demo.loginAttempts(),
    runs: await newestNumber(demo),
    absent: await absentSoFar(demo),
    values: items.map(({ now }) => JSON.stringify([now.kind, now.from, now.to, now.precision])),
  }
}

async function newestNumber(demo: Demo): Promise<number> {
  const { items } = await demo.get('/v1/runs?supplier=demo&limit=1')
  return items[0]?.number ?? 0
}

async function absentSoFar(demo: Demo): Promise<number> {
  const { items } = await demo.get('/v1/runs?supplier=demo&limit=50')
  const accepted = items.find((run: { state: string }) => run.state === 'accepted')
  return accepted?.counts.absent ?? 0
}

async function resumeIfPaused(demo: Demo): Promise<boolean> {
  const { items } = await demo.get('/v1/suppliers')
  const { paused } = items[0]
  if (paused === null) return false
  await demo.post('/v1/suppliers/demo/resume')
  return true
}

async function recovered(demo: Demo, mails: number): Promise<{ ends: string; mails: number }> {
  const run = await demo.run()
  await demo.settled()
  return { ends: run.state, mails: (await mailsOf(demo.mailbox.url)).length - mails }
}
