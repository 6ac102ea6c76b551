import type { Environment } from '../../environment.ts'
import { freePort } from '../../servers/free-port.ts'
import type { Say } from '../../setup/say.ts'
import { since } from '../../setup/say.ts'
import { shopOfEnvironment } from '../shop.ts'
import { writeChanged, writeSpam } from './bad-mails.ts'
import { startDovecot } from './dovecot.ts'
import { makeFolder } from './folder.ts'
import type { PublicKey } from './opendkim.ts'
import { verifySignatures } from './opendkim.ts'
import { startPostfix } from './postfix.ts'
import { ensurePrograms } from './programs.ts'
import type { Programs } from './programs.ts'
import type { Delivered } from './read-maildir.ts'
import { readMaildir } from './read-maildir.ts'
import { sendExamples } from './send-examples.ts'
import { stopServer } from './server.ts'
import { settingsWithKey } from './signing.ts'
import type { Score } from './spamassassin.ts'
import { scoreMails } from './spamassassin.ts'
import type { Judged } from './table.ts'

type Wish = { environment: Environment; say: Say; signal: AbortSignal }
type Bench = { programs: Programs; folder: string; environment: Environment; say: Say; signal: AbortSignal }

const user = 'jana'
const surelySpam = 100

/** All example mails by real servers of their own to a mailbox, and what a receiver thinks of them there. */
export async function proveMails({ environment, say, signal }: Wish): Promise<Judged[]> {
  const programs = await ensurePrograms(say)
  await using opened = new AsyncDisposableStack()
  const folder = makeFolder()
  opened.defer(() => folder.remove())
  for (const name of ['dovecot', 'postfix']) opened.defer(() => stopServer(folder.path, name))
  return await proveIn({ programs, folder: folder.path, environment, say, signal })
}

async function proveIn(bench: Bench): Promise<Judged[]> {
  const { environment, folder, say } = bench
  const start = performance.now()
  const port = await startServers(bench)
  say.line(`postfix and dovecot are up (${since(start)})`)
  const { settings, publicKey } = settingsWithKey(environment, { folder, port })
  const delivered = await deliver(settings, bench)
  say.line(`${delivered.length} mails sent and delivered (${since(start)})`)
  const troubles = await verify(delivered, publicKey, bench)
  say.line(`opendkim has looked at the signatures, and refused a mail with a changed byte (${since(start)})`)
  const scores = await score(delivered, bench)
  say.line(`SpamAssassin has scored them, and refused its test mail (${since(start)})`)
  return delivered.map((mail) => ({ ...mail, score: scores(mail), trouble: troubles.get(mail.file) ?? null }))
}

async function startServers({ folder, ...bench }: Bench): Promise<number> {
  const [port, lmtpPort] = [await freePort(), await freePort()]
  await startDovecot(folder, { ...bench, port: lmtpPort })
  await startPostfix(folder, { ...bench, port, lmtpPort })
  return port
}

async function deliver(settings: Environment, { environment, folder, signal }: Bench): Promise<Delivered[]> {
  const shop = shopOfEnvironment(environment)
  const sent = await sendExamples({ shop, environment: settings, to: `${user}@customer.example`, signal })
  return readMaildir(sent, { folder, user, signal })
}

/** Signatures are looked at only by somebody who was seen to refuse one. */
async function verify(delivered: Delivered[], publicKey: PublicKey, bench: Bench) {
  const files = delivered.map(({ file }) => file)
  const refused = await verifySignatures(writeChanged(files[0] ?? ''), { ...bench, publicKey })
  for (const [file, trouble] of refused)
    if (trouble === null) throw new Error(`opendkim takes a changed mail for a signed one: ${file}`)
  return verifySignatures(files, { ...bench, publicKey })
}

/** The same of scores. */
async function score(delivered: Delivered[], bench: Bench): Promise<(mail: Delivered) => Score> {
  const spam = writeSpam(bench.folder)
  const scores = await scoreMails([spam.file, ...delivered.map(({ file }) => file)], bench)
  const scoreOf = ({ messageId, file }: Pick<Delivered, 'messageId' | 'file'>) => {
    const found = scores.get(messageId)
    if (found === undefined) throw new Error(`SpamAssassin gave no score to ${file}`)
    return found
  }
  if (scoreOf(spam).score < surelySpam) throw new Error('SpamAssassin does not refuse the mail that is made to test it')
  return scoreOf
}
