import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { MailLanguage } from '#core/domain/language.ts'
import { mailLanguages } from '#core/domain/language.ts'
import type { NoticeContent } from '#core/domain/news.ts'
import { readSettings } from '#core/process/settings.ts'
import { mailSettings, postOf, replyToOf } from '#notifier/mail-settings.ts'
import type { Mail, Mailer } from '#notifier/mailer.ts'
import { makeMailer } from '#notifier/mailer.ts'
import { messageIdOf, threadOf } from '#notifier/make-message.ts'
import { settings as notifier } from '#notifier/settings.ts'
import { makeUnsubscribeLink } from '#notifier/unsubscribe-link.ts'
import type { Example } from '#templates/examples.ts'
import { examplesIn } from '#templates/examples.ts'
import { makeRenderer } from '#templates/render.ts'
import type { Shop } from '#templates/view.ts'
import type { Environment } from '../../environment.ts'

const settings = z.object({
  ...mailSettings,
  PUBLIC_URL: mailSettings.PUBLIC_URL.unwrap(),
  SHOP_CONTACT: notifier.shape.SHOP_CONTACT,
})

export type SentMail = { name: string; language: MailLanguage; messageId: string }
type Wish = { shop: Shop; environment: Environment; to: string; signal: AbortSignal }

/** Every example in every language, worded, composed and handed over as the notifier does it. */
export async function sendExamples({ shop, environment, to, signal }: Wish): Promise<SentMail[]> {
  const given = readSettings(settings, environment)
  const { render } = await makeRenderer(shop)
  const mailer = makeMailer(postOf(given))
  const addressed = makeAddressing(given, to)
  const sent: SentMail[] = []
  try {
    for (const language of mailLanguages) {
      for (const example of examplesIn(language)) {
        signal.throwIfAborted()
        const envelope = addressed(example, language)
        const raw = await mailer.compose({ ...render(withLink(example.content, envelope)), ...envelope })
        await hand(mailer, { name: example.name, to, raw })
        sent.push({ name: example.name, language, messageId: envelope.messageId })
      }
    }
  } finally {
    mailer.close()
  }
  return sent
}

/** All of a mail but its words: as if it followed one of the same order. */
function makeAddressing(given: z.infer<typeof settings>, to: string) {
  const { MAIL_FROM: from, PUBLIC_URL: publicUrl } = given
  const replyTo = replyToOf(given)
  const earlier = messageIdOf({ id: 'an earlier one' }, from)
  const linkOf = makeUnsubscribeLink(publicUrl, { of: () => randomBytes(48).toString('base64url') })
  return ({ name, content }: Example, language: MailLanguage): Omit<Mail, 'subject' | 'text' | 'html'> => ({
    from,
    to: { ...content.customer, address: to },
    messageId: messageIdOf({ id: `${name} ${language}` }, from),
    date: new Date(),
    ...threadOf(content.order.number, [earlier], from),
    ...(content.unsubscribeUrl !== undefined && { unsubscribe: linkOf(to, language) }),
    ...(replyTo !== undefined && { replyTo }),
  })
}

/** In the mail's foot the same link as in its header. */
function withLink(content: NoticeContent, { unsubscribe }: Pick<Mail, 'unsubscribe'>): NoticeContent {
  return unsubscribe === undefined ? content : { ...content, unsubscribeUrl: unsubscribe }
}

async function hand(mailer: Mailer, { name, to, raw }: { name: string; to: string; raw: Uint8Array }): Promise<void> {
  const line = await mailer.open()
  const handed = await line.hand({ to, raw }).finally(() => line.giveBack())
  if (handed.kind !== 'accepted') throw new Error(`postfix did not take ${name}: ${handed.words}`)
}
