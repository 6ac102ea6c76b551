import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { mailLanguageOf } from '#core/domain/language.ts'
import { newsKinds } from '#core/domain/news.ts'
import { readSettings } from '#core/process/settings.ts'
import { domainOf } from '#notifier/mail-address.ts'
import { checkMail, mailSettings, postOf, replyToOf } from '#notifier/mail-settings.ts'
import { makeMailer } from '#notifier/mailer.ts'
import { settings as notifier } from '#notifier/settings.ts'
import { examplesIn } from '#templates/examples.ts'
import { makeRenderer } from '#templates/render.ts'
import type { Environment } from '../environment.ts'
import { shopOfEnvironment } from './shop.ts'

const { SHOP_LANGUAGE, SHOP_CONTACT } = notifier.shape
const settings = z.object({ ...mailSettings, SHOP_LANGUAGE, SHOP_CONTACT }).superRefine((given, { addIssue }) => {
  for (const [name, message] of checkMail(given)) addIssue({ code: 'custom', path: [name], message })
})

type Wish = { to: string; language?: string | undefined; environment: Environment; say(line: string): void }

/** Sends one example of each kind of news to an address, by the mail server of the settings and the notifier's own way. */
export async function sendTest({ to, language, environment, say }: Wish): Promise<void> {
  const set = readSettings(settings, environment)
  const { MAIL_FROM: from, SHOP_LANGUAGE: own } = set
  const replyTo = replyToOf(set)
  const { render } = await makeRenderer(shopOfEnvironment(environment))
  const mailer = makeMailer(postOf(set))
  try {
    for (const { name, content } of examplesIn(mailLanguageOf(language, own))) {
      if (!(newsKinds as readonly string[]).includes(name)) continue
      const mail = {
        ...render(content),
        from,
        to: { address: to },
        messageId: `<avizo.test.${randomUUID()}@${domainOf(from)}>`,
      }
      const raw = await mailer.compose({ ...mail, ...(replyTo !== undefined && { replyTo }), date: new Date() })
      const line = await mailer.open()
      const handed = await line.hand({ to, raw }).finally(() => line.giveBack())
      if (handed.kind !== 'accepted') throw new Error(`${name} was not taken: ${handed.words}`)
      say(`sent to ${to}: ${mail.subject}`)
    }
  } finally {
    mailer.close()
  }
}
