import { z } from 'zod'

export const Moment = z.iso.datetime().meta({ description: 'A moment in UTC', examples: ['2026-11-22T08:15:00.000Z'] })

export function moment(date: Date): string {
  return date.toISOString()
}

export function momentOrNull(date: Date | null | undefined): string | null {
  return date ? date.toISOString() : null
}
