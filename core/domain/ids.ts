import { z } from 'zod'

export const SupplierId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,39}$/, { error: 'a supplier id is 2 to 40 of a–z, 0–9 and "-", beginning with a letter' })
  .brand<'SupplierId'>()
export type SupplierId = z.infer<typeof SupplierId>

/** Codes are opaque: trimmed and in NFC, case-sensitive, never numbers. */
export const Code = z
  .string()
  .transform((code) => code.normalize('NFC').trim())
  .pipe(z.string().min(1).max(200))
export type Code = z.infer<typeof Code>

export const RunId = z.string().regex(/^[a-z][a-z0-9-]{1,39}-\d{8}T\d{4,6}Z(-[a-z0-9]{4})?$/, { error: 'not a run id' })
export type RunId = z.infer<typeof RunId>

export const OrderNumber = z.string().trim().min(1).max(100)

/** The id of the run that a nominal tick of the schedule proposes: the same wherever it is computed. */
export function runIdOfTick(supplier: string, tick: Date): RunId {
  return `${supplier}-${compact(tick).slice(0, 13)}Z`
}

/** The id of a run that a person or a confirmation asks for. `random` is four of a–z, 0–9. */
export function runIdOfMoment(supplier: string, moment: Date, random: string): RunId {
  return `${supplier}-${compact(moment)}Z-${random}`
}

export function itemId(supplier: string, code: string): string {
  return `${supplier}/${code}`
}

export function noticeId(order: string, n: number): string {
  return `${order}/${n}`
}

function compact(moment: Date): string {
  return moment.toISOString().replaceAll(/[-:]/g, '').slice(0, 15)
}
