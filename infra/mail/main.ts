import { Argument, Command, InvalidArgumentError } from 'commander'
import { z } from 'zod'
import { mailLanguages } from '#core/domain/language.ts'
import { MailServerAway } from '#notifier/mail-connections.ts'
import { readEnvironment } from '../environment.ts'
import { chromiumAt } from '../setup/chromium.ts'
import { adviceFor, PartMissing } from '../setup/part-missing.ts'
import { makeSay } from '../setup/say.ts'
import { orDemoMailbox } from './demo-mailbox.ts'
import { renderGallery } from './gallery.ts'
import { servePreview } from './preview.ts'
import { proveMails } from './proof/prove-mails.ts'
import { sumUp, tableOf } from './proof/table.ts'
import { takeScreenshots } from './screenshots.ts'
import { sendTest } from './send-test.ts'
import { shopOfEnvironment } from './shop.ts'

const environment = readEnvironment()
const say = (line: string) => console.log(line)

const examples = `
Examples:
  npm run mail preview                            all mails, on a page that follows the templates
  npm run mail screenshots var/mails cs           pictures of those in Czech
  npm run mail send-test you@shop.cz              looks at them in a mail program`

const program = new Command('npm run mail')
  .description('The mails that customers get, to look at.')
  .usage('<command>')
  .addHelpText('after', examples)
  .helpCommand(false)
program
  .command('preview')
  .description('serves all mails on a page that follows the templates')
  .argument('[port]', 'where, on this machine', port, 4200)
  .action(preview)
program
  .command('screenshots')
  .description('takes pictures of all mails: phone and desktop, by day and by night')
  .argument('<folder>', 'where they are put')
  .addArgument(languages('[language...]'))
  .action(screenshots)
program
  .command('send-test')
  .description('sends one mail of each kind, by the mail server of .env, else to the mailbox of the demo')
  .argument('<address>', 'to whom', address)
  .addArgument(languages('[language]'))
  .action(sendTests)
program
  .command('proof')
  .description('sends all mails by postfix and dovecot of their own: signatures and spam scores')
  .action(proof)

try {
  if (process.argv.length > 2) await program.parseAsync()
  else program.outputHelp()
} catch (error) {
  console.error(error instanceof PartMissing ? adviceFor([error], false) : (error as Error).message)
  process.exitCode = 1
}

async function preview(at: number): Promise<void> {
  const served = await servePreview({ shop: shopOfEnvironment(environment), port: at })
  say(`${served.url}  (Ctrl-C ends it)`)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void served.close())
}

async function sendTests(to: string, language?: string): Promise<void> {
  const { environment: given, mailbox } = orDemoMailbox(environment)
  try {
    await sendTest({ to, language, environment: given, say })
  } catch (error) {
    if (mailbox === undefined || !(error instanceof MailServerAway)) throw error
    throw new Error(`The demo's mailbox does not answer (${error.message}). Bring it up by npm start.`, {
      cause: error,
    })
  }
  if (mailbox !== undefined) say(`SMTP_URL is not set, so all of them went to the demo's mailbox: ${mailbox}`)
}

async function screenshots(folder: string, wanted: string[]): Promise<void> {
  const all = await renderGallery(shopOfEnvironment(environment))
  const mails = all.filter(({ language }) => wanted.length === 0 || wanted.includes(language))
  const executablePath = await chromiumAt(makeSay(), environment['CHROMIUM_PATH'])
  let count = 0
  await takeScreenshots({ mails, folder, executablePath, onPicture: () => void (count += 1) })
  say(`${count} pictures of ${mails.length} mails in ${folder}`)
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

function languages(name: string): Argument {
  return new Argument(name, 'of the mails').choices(mailLanguages)
}

function port(said: string): number {
  return checked(z.coerce.number().int().min(0).max(65_535), said, 'Expected a port.')
}

function address(said: string): string {
  return checked(z.email(), said, 'Expected an address.')
}

function checked<T>(schema: z.ZodType<T>, said: string, words: string): T {
  const { data } = schema.safeParse(said)
  if (data === undefined) throw new InvalidArgumentError(words)
  return data
}
