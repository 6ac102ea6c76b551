import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../../setup/run.ts'
import type { Programs } from './programs.ts'

type Given = { programs: Programs; folder: string; publicKey: PublicKey; signal: AbortSignal }
/** A public key as the domain's DNS would tell it. */
export type PublicKey = { name: string; record: string }

/** What opendkim says of each file's signature: null where it verified, else its words. */
export async function verifySignatures(
  files: string[],
  { programs, folder, publicKey, signal }: Given,
): Promise<Map<string, string | null>> {
  const [keys, settings] = [join(folder, 'opendkim.keys'), join(folder, 'opendkim.conf')]
  writeFileSync(keys, `${publicKey.name} ${publicKey.record}\n`)
  writeFileSync(settings, `Mode v\nTestPublicKeys ${keys}\nSyslog no\n`)
  const said = new Map<string, string | null>(files.map((file) => [file, 'opendkim says nothing of it']))
  await run(programs.opendkim, ['-x', settings, '-t', files.join(','), '-v'], {
    signal,
    onLine(line) {
      const word = readWord(line)
      if (word) said.set(word.file, word.trouble)
    },
  })
  return said
}

/** `opendkim: <file>: verification (…) succeeded`. It ends with 0 whatever it found, so its words decide. */
export function readWord(line: string): { file: string; trouble: string | null } | null {
  const [, file, words] = /^opendkim: (.+?\.eml): (.+)$/.exec(line) ?? []
  if (file === undefined || words === undefined || words.includes('mlfi_eom()')) return null
  return { file, trouble: /^verification \(.*\) succeeded$/.test(words) ? null : words }
}
