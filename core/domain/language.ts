import { z } from 'zod'

/** Languages that the grammar reads; plain `en` reads only numeric dates that can be read in one way. */
export const languages = ['cs', 'sk', 'pl', 'de', 'en', 'en-GB', 'en-US'] as const
export const Language = z.enum(languages)
export type Language = z.infer<typeof Language>

/** Languages that mails are written in: one file each in `templates/languages`. */
export const mailLanguages = ['cs', 'sk', 'pl', 'de', 'en'] as const
export const MailLanguage = z.enum(mailLanguages)
export type MailLanguage = z.infer<typeof MailLanguage>

/** The customer's language where mails are written in it, `en-GB` being English; else the shop's. */
export function mailLanguageOf(wanted: string | undefined, fallback: MailLanguage): MailLanguage {
  const known = MailLanguage.safeParse(wanted?.slice(0, 2))
  return known.success ? known.data : fallback
}
