import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from './environment.ts'
import { root } from './places.ts'
import { placesOf } from './settings.ts'
import { appOf, processes } from './processes.ts'
import { run } from './setup/run.ts'

/** What is wrong with suppliers and the settings for them, by the word of the scraper: only it can read definitions. */
export async function supplierProblems(environment: Environment): Promise<string[]> {
  const places = placesOf(environment)
  const scraper = processes.find(({ name }) => name === 'scraper')
  if (!scraper) return []
  const { interpreter, env } = appOf(scraper, environment, places)
  const { NODE_COMPILE_CACHE, ...others } = env
  const problems: string[] = []
  await run(interpreter, [join(root, 'scraper/check-suppliers.ts')], {
    // A folder of data is not made for a start that may come to nothing.
    env: existsSync(places.folder) ? { ...others, NODE_COMPILE_CACHE } : others,
    onLine: (line) => {
      if (line.startsWith('"')) problems.push(JSON.parse(line) as string)
    },
  })
  return problems
}
