import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Writes the mail with one byte of its body changed, and with one of its subject: no signature may bear either. */
export function writeChanged(file: string): string[] {
  const raw = readFileSync(file)
  const places = { body: raw.lastIndexOf('</html>') - 20, subject: raw.indexOf('\nSubject: ') + '\nSubject: '.length }
  return Object.entries(places).map(([part, at]) => {
    const changed = Buffer.from(raw)
    changed[at] = raw[at] === 0x58 ? 0x59 : 0x58
    const target = file.replace(/\.eml$/, `.changed-${part}.eml`)
    writeFileSync(target, changed)
    return target
  })
}

/** Writes the mail that every spam filter refuses, by agreement. */
export function writeSpam(folder: string): { messageId: string; file: string } {
  const [messageId, file] = ['<test@spam.example>', join(folder, 'spam.eml')]
  const header = `From: a@spam.example\nTo: b@spam.example\nSubject: test\nMessage-ID: ${messageId}\n`
  writeFileSync(file, `${header}\nXJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X\n`)
  return { messageId, file }
}
