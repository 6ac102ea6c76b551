import { z } from 'zod'
import { mailLanguages } from '#core/domain/language.ts'
import { readEnvironment } from '../environment.ts'
import { chromiumAt } from '../setup/chromium.ts'
import { adviceFor, PartMissing } from '../setup/part-missing.ts'
import { makeSay } from '../setup/say.ts'
import { renderGallery } from './gallery.ts'
import { servePreview } from './preview.ts'
import { proveMails } from './proof/prove-mails.ts'
import { sumUp, tableOf } from './proof/table.ts'
import { takeScreenshots } from './screenshots.ts'
import { sendTest } from './send-test.ts'
import { shopOfEnvironment } from './shop.ts'

/** `npm run mail`: the mails that customers get, to look at. */
const usage = `npm run mail preview [port]                     all mails, on a page that follows the templates (port 4200)
npm run mail screenshots <folder> [language…]  pictures of all mails: phone and desktop, by day and by night
npm run mail send-test <address> [language]    one mail of each kind, by the mail server of .env
npm run mail proof                             all mails by postfix and dovecot of their own: signatures and spam scores`

const commands: Record<string, (args: string[]) => Promise<void>> = {
  preview,
  screenshots,
  'send-test': sendTestTo,
  proof,
}

const environment = readEnvironment()
const say = (line: string) => console.log(line)

try {
  const [name = '', ...args] = process.argv.slice(2)
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) throw new Error(usage)
  await command(args)
} catch (error) {
  console.error(error instanceof PartMissing ? adviceFor([error], false) : (error as Error).message)
  process.exitCode = 1
}

async function preview([given = '4200']: string[]): Promise<void> {
  const port = z.coerce.number().int().min(0).max(65_535).safeParse(given).data
  if (port === undefined) throw new Error(`"${given}" is no port\n${usage}`)
  const served = await servePreview({ shop: shopOfEnvironment(environment), port })
  say(`${served.url}  (Ctrl-C ends it)`)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void served.close())
}

async function screenshots([folder, ...wanted]: string[]): Promise<void> {
  if (folder === undefined) throw new Error(usage)
  demandLanguages(wanted)
  const all = await renderGallery(shopOfEnvironment(environment))
  const mails = all.filter(({ language }) => wanted.length === 0 || wanted.includes(language))
  const executablePath = await chromiumAt(makeSay(), environment['CHROMIUM_PATH'])
  let count = 0
  await takeScreenshots({ mails, folder, executablePath, onPicture: () => void (count += 1) })
  say(`${count} pictures of ${mails.length} mails in ${folder}`)
}

async function sendTestTo([address, language]: string[]): Promise<void> {
  if (address === undefined || !z.email().safeParse(address).success) throw new Error(`expected an address\n${usage}`)
  demandLanguages(language === undefined ? [] : [language])
  await sendTest({ to: address, language, environment, say })
}

async function proof(): Promise<void> {
  const stop = new AbortController()
  // Every time: a second Ctrl-C must not leave the servers behind either.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort())
  try {
    const judged = await proveMails({ environment, say: makeSay(), signal: stop.signal })
    const { line, isSound } = sumUp(judged)
    say(`${tableOf(judged)}\n${line}`)
    process.exitCode = isSound ? 0 : 1
  } catch (error) {
    if (!stop.signal.aborted) throw error
    say('stopped; all that it had started has ended')
    process.exitCode = 130
  }
}

function demandLanguages(wanted: string[]): void {
  const unknown = wanted.filter((one) => !(mailLanguages as readonly string[]).includes(one))
  if (unknown.length > 0)
    throw new Error(`no language of mails: ${unknown.join(', ')}; there are ${mailLanguages.join(', ')}`)
}
