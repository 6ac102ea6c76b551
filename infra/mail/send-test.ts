import { z } from 'zod'
import { mailLanguageOf } from '#core/domain/language.ts'
import { newsKinds } from '#core/domain/news.ts'
import { readSettings } from '#core/process/settings.ts'
import { checkMail, mailSettings } from '#notifier/mail-settings.ts'
import { settings as notifier } from '#notifier/settings.ts'
import { examplesIn } from '#templates/examples.ts'
import type { Environment } from '../environment.ts'
import { openExamplePost } from './example-post.ts'
import { shopOfEnvironment } from './shop.ts'

const { SHOP_LANGUAGE, SHOP_CONTACT } = notifier.shape
const settings = z.object({ ...mailSettings, SHOP_LANGUAGE, SHOP_CONTACT }).superRefine((given, { addIssue }) => {
  for (const [name, message] of checkMail(given)) addIssue({ code: 'custom', path: [name], message })
})

type Wish = { to: string; language?: string | undefined; environment: Environment; say(line: string): void }

/** Sends one example of each kind of news to an address, by the mail server of the settings and the notifier's own way. */
export async function sendTest({ to, language, environment, say }: Wish): Promise<void> {
  const given = readSettings(settings, environment)
  const shop = shopOfEnvironment(environment)
  using post = await openExamplePost({ given, shop, to })
  for (const example of examplesIn(mailLanguageOf(language, given.SHOP_LANGUAGE))) {
    if (!(newsKinds as readonly string[]).includes(example.name)) continue
    const { subject } = await post.send(example)
    say(`sent to ${to}: ${subject}`)
  }
  say(ofLinks(given.PUBLIC_URL))
}

function ofLinks(publicUrl: string | undefined): string {
  if (publicUrl === undefined) return 'No link to unsubscribe is in them: PUBLIC_URL is not set.'
  return 'Their links to unsubscribe are for looks: they lead to the page that says that a link is not valid.'
}
