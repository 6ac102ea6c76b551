import { z } from 'zod'
import type { MailLanguage } from '#core/domain/language.ts'
import type { DelayTexts } from '#templates/view.ts'

/** The shop's own words on a delay, a setting for each language: a mail in another language goes without. */
export const delayTextSettings: Record<`SHOP_DELAY_TEXT_${Uppercase<MailLanguage>}`, ReturnType<typeof text>> = {
  SHOP_DELAY_TEXT_CS: text('Czech'),
  SHOP_DELAY_TEXT_SK: text('Slovak'),
  SHOP_DELAY_TEXT_PL: text('Polish'),
  SHOP_DELAY_TEXT_DE: text('German'),
  SHOP_DELAY_TEXT_EN: text('English'),
}

function text(language: string) {
  return z
    .string()
    .max(500)
    .optional()
    .describe(`Your own words on a delay, a reason or an apology, shown in ${language} mails that tell of one`)
}

type Given = { [name in keyof typeof delayTextSettings]?: string | undefined }

export function delayTextsOf(given: Given): DelayTexts {
  return {
    cs: given.SHOP_DELAY_TEXT_CS,
    sk: given.SHOP_DELAY_TEXT_SK,
    pl: given.SHOP_DELAY_TEXT_PL,
    de: given.SHOP_DELAY_TEXT_DE,
    en: given.SHOP_DELAY_TEXT_EN,
  }
}
