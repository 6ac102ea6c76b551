import type { Language } from '#core/domain/language.ts'
import type { FailureKind, Observation } from '#core/domain/messages.ts'
import type { Random } from './random.ts'
import { randomOf } from './random.ts'
import { textsOf, tongueOf, tongues } from './texts.ts'
import type { Value } from './values.ts'
import { dayValue, lastDay, lastMonth, monthOf, monthValue, partsOf, quarterValue, states } from './values.ts'

export type Plan = { seed: number; suppliers: number; items: number; orders: number }
export type ScriptSupplier = { id: string; language: Language; codes: string[] }

export function suppliersOf({ suppliers, items }: Plan): ScriptSupplier[] {
  const each = Math.max(1, Math.floor(items / suppliers))
  return Array.from({ length: suppliers }, (_, index) => {
    const id = `supplier-${index + 1}`
    const codes = Array.from({ length: each }, (_item, place) => `S${index + 1}-${String(place + 1).padStart(5, '0')}`)
    return { id, codes, language: tongues[index % tongues.length]?.language ?? 'cs' }
  })
}

export function titleOf(code: string): string {
  return `Figure ${code}`
}

/** What each item of a supplier is at a step; a run's number is its step, so every process comes to the same. */
export type Walk = { valuesAt(step: number): Map<string, Value> }

const changedShare = 0.015
const flappers = 0.03

export function walkOf({ seed }: Plan, { id, codes }: ScriptSupplier): Walk {
  const first = randomOf(seed, id, 'first')
  const steps: Map<string, Value>[] = [new Map(codes.map((code) => [code, firstValue(first)]))]
  const before = new Map<string, Value>()

  function nextStep(): void {
    const random = randomOf(seed, id, 'step', steps.length)
    const values = new Map(steps.at(-1))
    const flap = Math.max(1, Math.round(codes.length * flappers))
    const moved = Math.max(1, Math.round(codes.length * changedShare))
    const chosen = [
      ...codes.slice(0, flap).filter(() => random.chance(0.3)),
      ...Array.from({ length: moved }, () => random.pick(codes)),
    ]
    for (const code of new Set(chosen)) {
      const value = values.get(code) ?? 'on-request'
      const isFlapper = codes.indexOf(code) < flap
      const next = isFlapper || random.chance(0.2) ? (before.get(code) ?? moveOf(value, random)) : moveOf(value, random)
      if (next !== value) before.set(code, value)
      values.set(code, next)
    }
    steps.push(values)
  }

  return {
    valuesAt(step) {
      while (steps.length <= step) nextStep()
      return steps[step] ?? new Map()
    },
  }
}

function firstValue(random: Random): Value {
  if (random.chance(0.1)) return 'on-request'
  const month = 3 + random.below(lastMonth - 9)
  return random.pick([monthValue(month), quarterValue(month), dayValue(month, 1 + random.below(lastDay))])
}

/** Later, earlier, more exact, less exact, arrived, gone, without a date: whatever a supplier comes to say next. */
function moveOf(value: Value, random: Random): Value {
  if (random.chance(0.06)) return random.pick(states)
  const month = monthOf(value) ?? random.below(lastMonth)
  const parts = partsOf(value)
  const day = 1 + random.below(lastDay)
  const moved = Math.min(lastMonth, Math.max(0, month + random.pick([-2, -1, 1, 1, 2, 3])))
  if (parts.kind === 'quarter' && random.chance(0.5)) return monthValue(month + random.below(3))
  if (parts.kind === 'month' && random.chance(0.5)) return dayValue(month, day)
  return random.pick([dayValue(moved, day), dayValue(month, day), monthValue(moved), quarterValue(moved)])
}

/** How a run comes out: whole, or failed after so many parts. */
export type Mood = { kind: 'whole' } | { kind: 'failed'; failure: FailureKind; afterParts: number }

const failures: FailureKind[] = ['down', 'slow', 'incomplete', 'changed', 'too-large', 'defect', 'blocked']

export function moodOf(seed: number, supplier: string, step: number): Mood {
  const random = randomOf(seed, supplier, 'mood', step)
  if (!random.chance(0.15)) return { kind: 'whole' }
  const failure = random.chance(0.1) ? 'login-refused' : random.pick(failures)
  return { kind: 'failed', failure, afterParts: random.below(3) }
}

export type Row = { code: string; text: string; says: Value | null }
type Sight = { values: Map<string, Value>; step: number; calm: boolean }

/** A calm portal says all that it has; a moody one leaves rows out and writes what nobody can read. */
export function rowsOf(seed: number, { id, language }: ScriptSupplier, { values, step, calm }: Sight): Row[] {
  const random = randomOf(seed, id, 'texts', step)
  const tongue = tongueOf(language)
  // The gate for unreadable texts that grow trips at ten, whatever a supplier declares.
  let unreadable = 4
  return [...values].flatMap(([code, value]): Row[] => {
    const texts = textsOf(value, tongue)
    // Most rows stay to the letter; a few are written in another form.
    const text = texts[random.chance(0.02) ? random.below(texts.length) : 0] ?? ''
    const [isLeftOut, isUnreadable] = [random.chance(0.004), random.chance(0.01)]
    if (!calm && isLeftOut) return []
    if (!calm && isUnreadable && unreadable-- > 0) return [{ code, text: random.pick(tongue.unreadable), says: null }]
    return [{ code, text, says: value }]
  })
}

export function observationsOf(rows: Row[]): Observation[] {
  return rows.map(({ code, text }) => ({ code, title: titleOf(code), cells: { delivery: text } }))
}

/** Which step a run by its number reads, and whether its portal is calm then. */
export type Phase = { number: number; baselineUpTo?: number; calmAfter: number | undefined }
export function sightOf({ number, baselineUpTo = 0, calmAfter }: Phase): { step: number; calm: boolean } {
  if (number <= baselineUpTo) return { step: 1, calm: true }
  if (calmAfter === undefined || number <= calmAfter) return { step: number, calm: false }
  return { step: Math.max(1, calmAfter), calm: true }
}
