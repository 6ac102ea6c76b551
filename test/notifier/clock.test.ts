import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeClock } from '#notifier/clock.ts'

const minute = 60_000

/** A machine that is ahead of its store, and answers that take as long as said, one after the other. */
function start({ aheadMs, answers }: { aheadMs: number; answers: { there: number; back: number; asleep?: true }[] }) {
  const machine = { elapsed: 0, wall: Date.parse('2026-11-29T10:00:00Z') + aheadMs }
  const met = { asked: 0, incidents: [] as string[], warnings: 0 }
  const pass = (ms: number, asleep = false) => {
    machine.wall += ms
    if (!asleep) machine.elapsed += ms
  }
  const clock = makeClock({
    store: {
      time: async () => {
        const { there = 0, back = 0, asleep = false } = answers[met.asked++] ?? {}
        pass(there, asleep)
        const time = new Date(machine.wall - aheadMs)
        pass(back, asleep)
        return time
      },
    },
    incidents: {
      open: async ({ words }) => void met.incidents.push(words),
      recovered: async () => void met.incidents.push('over'),
    },
    log: { warn: () => void (met.warnings += 1) } as never,
    elapsedMs: () => machine.elapsed,
    wallMs: () => machine.wall,
  })
  return { clock, met, off: () => clock.now().getTime() - (machine.wall - aheadMs) }
}

const quick = { there: 20, back: 20 }

test('a process that was frozen while it asked asks again, and goes by the answer that came at once', async () => {
  const { clock, met, off } = start({ aheadMs: 10 * minute, answers: [{ there: 10, back: 90_000 }, quick] })
  await clock.set()
  assert.deepEqual([off(), met.asked], [0, 2])
  assert.match(met.incidents.join(), /^the clock of this notifier's machine is 10 min ahead of the store's/)
})

test('a freeze makes no trouble of a clock that is right', async () => {
  const { clock, met, off } = start({ aheadMs: 0, answers: [{ there: 180_000, back: 10 }, quick] })
  await clock.set()
  assert.deepEqual([off(), met.incidents], [0, ['over']])
})

test('a machine that slept shows by the clock on the wall only', async () => {
  const { clock, off } = start({ aheadMs: 0, answers: [{ there: 10, back: 90_000, asleep: true }, quick] })
  await clock.set()
  assert.equal(off(), 0)
})

test('where every answer takes too long what was measured before stands, and the log says so', async () => {
  const slow = { there: 10, back: 2_500 }
  const { clock, met, off } = start({ aheadMs: 10 * minute, answers: [quick, slow, slow, slow, quick] })
  await clock.set()
  await clock.set()
  assert.deepEqual([off(), met.asked, met.warnings, met.incidents.length], [0, 4, 1, 1])
})
