import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { root } from './places.ts'

export type Environment = Record<string, string | undefined>

/** The settings as given: those of `.env`, and over them those of the environment. */
export function readEnvironment(file = join(root, '.env'), environment: Environment = process.env): Environment {
  const given = Object.entries(environment).filter(([, value]) => value !== '')
  return { ...readFile(file), ...Object.fromEntries(given) }
}

/** Names in `.env` that nothing reads: most likely misspelt. */
export function unknownNames(known: Set<string>, file = join(root, '.env')): string[] {
  return Object.keys(readFile(file)).filter((name) => !known.has(name) && !name.startsWith('SUPPLIER_'))
}

/** PM2 hands its caller's environment on, to its daemon and at each reload: leaves in it only what any program needs, and
 * where our own downloads lie, which may be looked for while PM2 starts. */
export function forgetEnvironment(): void {
  for (const name of Object.keys(process.env))
    if (!/^(PATH|HOME|LANG|USER|TMPDIR|XDG_CACHE_HOME|PM2_\w+)$/.test(name)) delete process.env[name]
}

function readFile(file: string): Environment {
  try {
    return parseEnv(readFileSync(file, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
}
