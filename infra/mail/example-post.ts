import { randomBytes, randomUUID } from 'node:crypto'
import type { NoticeContent } from '#core/domain/news.ts'
import type { MailSettings } from '#notifier/mail-settings.ts'
import { postOf, replyToOf } from '#notifier/mail-settings.ts'
import type { Mail } from '#notifier/mailer.ts'
import { makeMailer } from '#notifier/mailer.ts'
import { messageIdOf, threadOf } from '#notifier/make-message.ts'
import { makeUnsubscribeLink } from '#notifier/unsubscribe-link.ts'
import type { Example } from '#templates/examples.ts'
import { makeRenderer } from '#templates/render.ts'
import type { Shop } from '#templates/view.ts'

type Given = MailSettings & { SHOP_CONTACT?: string | undefined }
type Envelope = Omit<Mail, 'subject' | 'text' | 'html'>
export type SentExample = { subject: string; messageId: string }

/** Sends example mails to one address by the mail server of the settings: worded, composed and handed over as the notifier does it. */
export async function openExamplePost({ given, shop, to }: { given: Given; shop: Shop; to: string }) {
  const { render } = await makeRenderer(shop)
  const mailer = makeMailer(postOf(given))
  const addressed = makeAddressing(given, to)
  return {
    async send(example: Example): Promise<SentExample> {
      const envelope = addressed(example)
      const worded = render(withLink(example.content, envelope))
      const raw = await mailer.compose({ ...worded, ...envelope })
      const line = await mailer.open()
      const handed = await line.hand({ to, raw }).finally(() => line.giveBack())
      if (handed.kind !== 'accepted') throw new Error(`${example.name} was not taken: ${handed.words}`)
      return { subject: worded.subject, messageId: envelope.messageId }
    },
    [Symbol.dispose]: () => mailer.close(),
  }
}

/** All of a mail but its words: as if it followed one of the same order. */
function makeAddressing(given: Given, to: string): (example: Example) => Envelope {
  const { MAIL_FROM: from, PUBLIC_URL: publicUrl } = given
  const replyTo = replyToOf(given)
  const earlier = messageIdOf({ id: `an earlier one ${randomUUID()}` }, from)
  // Signed by nobody: who follows it, mail programs too, opts nobody out.
  const tokens = { of: () => randomBytes(48).toString('base64url') }
  const linkOf = publicUrl === undefined ? undefined : makeUnsubscribeLink(publicUrl, tokens)
  return ({ name, content }) => ({
    from,
    to: { ...content.customer, address: to },
    messageId: messageIdOf({ id: `${name} ${randomUUID()}` }, from),
    date: new Date(),
    ...threadOf(content.order.number, [earlier], from),
    ...(content.unsubscribeUrl !== undefined && linkOf && { unsubscribe: linkOf(to, content.language) }),
    ...(replyTo !== undefined && { replyTo }),
  })
}

/** In the mail's foot the same link as in its header, or none in both. */
function withLink(content: NoticeContent, { unsubscribe }: Envelope): NoticeContent {
  const worded = { ...content }
  delete worded.unsubscribeUrl
  return unsubscribe === undefined ? worded : { ...worded, unsubscribeUrl: unsubscribe }
}
