import { aptHindrance, aptInstall } from '../../setup/apt.ts'
import { findProgram } from '../../setup/find-program.ts'
import { PartMissing } from '../../setup/part-missing.ts'
import type { Say } from '../../setup/say.ts'

/** What mails are proven with, each by its full path. */
export type Programs = { postfix: string; postconf: string; dovecot: string; opendkim: string; spamassassin: string }

const packages = ['postfix', 'dovecot-core', 'dovecot-lmtpd', 'opendkim', 'spamassassin']
/** Not everybody's PATH holds the folders of what only root runs. */
const path = [process.env['PATH'], '/usr/sbin', '/usr/bin'].join(':')

/** The programs, installed by apt where they are not here; none of their services is started. */
export async function ensurePrograms(say: Say): Promise<Programs> {
  // Both of them take on users of their own.
  if (process.getuid?.() !== 0) throw new Error('postfix and dovecot start as root only: run the same command as root')
  const found = findPrograms()
  if (found) return found
  const hindrance = aptHindrance()
  if (hindrance) throw missing(`not all of them are installed, and ${hindrance}`)
  try {
    await aptInstall(say, 'Mail servers', packages)
  } catch (error) {
    throw missing(`could not be installed: ${(error as Error).message}`)
  }
  const brought = findPrograms()
  if (!brought) throw missing('were installed by apt-get, yet not all of them are found')
  return brought
}

function findPrograms(): Programs | undefined {
  const [postfix, postconf, dovecot, opendkim, spamassassin] = names.map((name) => findProgram([name], path))
  const delivers = findProgram(['/usr/lib/dovecot/lmtp', '/usr/libexec/dovecot/lmtp'])
  if (!postfix || !postconf || !dovecot || !opendkim || !spamassassin || !delivers) return undefined
  return { postfix, postconf, dovecot, opendkim, spamassassin }
}

const names = ['postfix', 'postconf', 'dovecot', 'opendkim', 'spamassassin']

function missing(because: string): PartMissing {
  return new PartMissing('Mail servers', because, [
    `sudo apt-get install --no-install-recommends ${packages.join(' ')}`,
  ])
}
