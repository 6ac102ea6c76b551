import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tail, until } from '../../servers/detached.ts'
import type { SentMail } from './send-examples.ts'

/** A mail as it lies in the customer's mailbox. */
export type Delivered = SentMail & { file: string }

const seconds = 60

/** Waits until all that was sent has come, and writes each into a file of a plain name. */
export async function readMaildir(
  sent: SentMail[],
  { folder, user, signal }: { folder: string; user: string; signal: AbortSignal },
): Promise<Delivered[]> {
  const maildir = join(folder, 'maildirs', user, 'new')
  const names = () => (existsSync(maildir) ? readdirSync(maildir) : [])
  const haveAll = () => {
    signal.throwIfAborted()
    return names().length >= sent.length
  }
  if (!(await until(haveAll, { seconds }))) {
    const log = tail(join(folder, 'postfix', 'mail.log'))
    throw new Error(`Of ${sent.length} mails ${names().length} were delivered within ${seconds} s:\n${log}`)
  }
  const mails = names().map((name) => readFileSync(join(maildir, name)))
  const byId = new Map(mails.map((raw) => [messageIdIn(raw), raw]))
  return sent.map((mail) => {
    const raw = byId.get(mail.messageId)
    if (raw === undefined) throw new Error(`${mail.name}, ${mail.language}, is not among the delivered mails`)
    const file = join(folder, `${mail.language}.${mail.name}.eml`)
    writeFileSync(file, raw)
    return { ...mail, file }
  })
}

/** Bytes are kept as they are: what is looked for stands in the header, in ASCII. */
function messageIdIn(raw: Buffer): string | undefined {
  return /^Message-ID: (\S+)/im.exec(raw.toString('latin1'))?.[1]
}
