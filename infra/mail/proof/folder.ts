import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Debian's user and group that own nothing: mails are theirs. */
export const nobody = 65_534

/**
 * All that a proof keeps, gone with it. In the system's folder for temporary files, for the servers' own users must
 * reach it, which under somebody's home they may not.
 */
export function makeFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'avizo-proof-'))
  chmodSync(path, 0o755)
  const maildirs = join(path, 'maildirs')
  mkdirSync(maildirs)
  chownSync(maildirs, nobody, nobody)
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
