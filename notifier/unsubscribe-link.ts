import type { MailLanguage } from '#core/domain/language.ts'
import type { Store } from '#core/store/store.ts'

/** Links of the page that `api/routes/unsubscribe.ts` answers, as customers reach it. */
export function makeUnsubscribeLink(publicUrl: string, { tokenFor }: Pick<Store['unsubscribe'], 'tokenFor'>) {
  const base = publicUrl.replace(/\/+$/, '')
  return async (email: string, language: MailLanguage) => `${base}/unsubscribe/${language}/${await tokenFor(email)}`
}
