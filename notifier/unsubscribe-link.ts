import type { MailLanguage } from '#core/domain/language.ts'
import type { Tokens } from '#core/store/unsubscribe.ts'

/** Links of the page that `api/routes/unsubscribe.ts` answers, as customers reach it. */
export function makeUnsubscribeLink(publicUrl: string, tokens: Pick<Tokens, 'of'>) {
  const base = publicUrl.replace(/\/+$/, '')
  return (email: string, language: MailLanguage) => `${base}/unsubscribe/${language}/${tokens.of(email)}`
}
