import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** A setting that names a file, and is what was made of its text. */
export function fromFile<T>(make: (text: string) => T) {
  return z.string().transform((file, context): T => {
    try {
      return make(readFileSync(file, 'utf8'))
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error)
      context.issues.push({ code: 'custom', input: file, message: `${file}: ${words}` })
      return z.NEVER
    }
  })
}
