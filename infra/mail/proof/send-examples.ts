import { z } from 'zod'
import type { MailLanguage } from '#core/domain/language.ts'
import { mailLanguages } from '#core/domain/language.ts'
import { readSettings } from '#core/process/settings.ts'
import { mailSettings } from '#notifier/mail-settings.ts'
import { settings as notifier } from '#notifier/settings.ts'
import { examplesIn } from '#templates/examples.ts'
import type { Shop } from '#templates/view.ts'
import type { Environment } from '../../environment.ts'
import { openExamplePost } from '../example-post.ts'

const settings = z.object({
  ...mailSettings,
  PUBLIC_URL: mailSettings.PUBLIC_URL.unwrap(),
  SHOP_CONTACT: notifier.shape.SHOP_CONTACT,
})

export type SentMail = { name: string; language: MailLanguage; messageId: string }
type Wish = { shop: Shop; environment: Environment; to: string; signal: AbortSignal }

/** Every example in every language, worded, composed and handed over as the notifier does it. */
export async function sendExamples({ shop, environment, to, signal }: Wish): Promise<SentMail[]> {
  using post = await openExamplePost({ given: readSettings(settings, environment), shop, to })
  const sent: SentMail[] = []
  for (const language of mailLanguages) {
    for (const example of examplesIn(language)) {
      signal.throwIfAborted()
      const { messageId } = await post.send(example)
      sent.push({ name: example.name, language, messageId })
    }
  }
  return sent
}
