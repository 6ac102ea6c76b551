import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/** Where downloads live, outside the checkout, so that the next clone finds them. */
export function cacheFolder(environment: Record<string, string | undefined> = process.env): string {
  const given = environment['XDG_CACHE_HOME']
  const home = environment['HOME'] || homedir()
  return join(given && isAbsolute(given) ? given : join(home, '.cache'), 'avizo')
}
