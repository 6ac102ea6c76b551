import type { Availability } from '#core/domain/availability.ts'
import type { Plan, ScriptSupplier } from './script.ts'
import { titleOf, walkOf } from './script.ts'
import { randomOf, shuffled } from './random.ts'
import { textsOf, tongueOf } from './texts.ts'
import type { Value } from './values.ts'
import { allValues, partsOf, two } from './values.ts'

export type ScriptLine = { id: string; supplier: string; code: string; told: Value; toldAs: string | Availability }
export type ScriptOrder = { number: string; email: string; language: 'cs' | 'en'; lines: ScriptLine[] }

/** Customers have one order or several; each line was told what its item said first, or something older. */
export function ordersOf(plan: Plan, suppliers: ScriptSupplier[]): ScriptOrder[] {
  const random = randomOf(plan.seed, 'orders')
  const items = suppliers.flatMap((supplier) => {
    const values = walkOf(plan, supplier).valuesAt(1)
    return supplier.codes.map((code) => ({ supplier, code, first: values.get(code) ?? 'on-request' }))
  })
  // Nobody was told "in stock" by the shop: its end would wait for a person.
  const older = allValues().filter((value) => value !== 'in-stock')
  return Array.from({ length: plan.orders }, (_, index) => {
    const customer = random.below(Math.ceil(plan.orders * 0.6))
    const chosen = shuffled(
      Array.from({ length: 6 }, () => random.pick(items)),
      random,
    )
    const lines = [...new Set(chosen)].slice(0, 1 + random.below(3)).map(({ supplier, code, first }, place) => {
      const told = first === 'in-stock' || random.chance(0.15) ? random.pick(older) : first
      const toldAs = random.chance(0.3) ? availabilityOf(told) : random.pick(textsOf(told, tongueOf(supplier.language)))
      return { id: String(place + 1), supplier: supplier.id, code, told, toldAs }
    })
    const language = customer % 2 === 0 ? ('cs' as const) : ('en' as const)
    return { number: String(100_001 + index), email: `customer-${customer}@example.com`, language, lines }
  })
}

/** The body that a shop puts; a difference that the order brings along is news. */
export function bodyOf({ number, email, language, lines }: ScriptOrder): object {
  return {
    number,
    placedAt: new Date(Date.now() - 5 * 86_400_000).toISOString(),
    notifyNow: true,
    customer: { email, language },
    lines: lines.map(({ id, supplier, code, toldAs }) => ({
      id,
      supplier,
      code,
      title: titleOf(code),
      quantity: 1,
      told: toldAs,
    })),
  }
}

function availabilityOf(value: Value): Availability {
  const parts = partsOf(value)
  if (parts.kind === 'state') return { kind: parts.state }
  const first = parts.kind === 'quarter' ? parts.quarter * 3 - 2 : parts.month
  const last = parts.kind === 'quarter' ? parts.quarter * 3 : parts.month
  const from = parts.kind === 'day' ? parts.day : 1
  const to = parts.kind === 'day' ? parts.day : new Date(Date.UTC(parts.year, last, 0)).getUTCDate()
  const day = (month: number, of: number) => `${parts.year}-${two(month)}-${two(of)}`
  return { kind: 'expected', from: day(first, from), to: day(last, to), precision: parts.kind }
}
