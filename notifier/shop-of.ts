import type { Shop } from '#templates/view.ts'
import { delayTextsOf } from './delay-texts.ts'
import type { Settings } from './settings.ts'

type ShopSettings = Pick<Settings, 'MAIL_FROM' | Extract<keyof Settings, `SHOP_${string}`>>

/** The shop as its mails show it. */
export function shopOf(settings: Omit<ShopSettings, 'SHOP_LANGUAGE' | 'SHOP_TIME_ZONE'>): Shop {
  const { SHOP_LOGO_URL, SHOP_LOGO_WIDTH, SHOP_LOGO_ALT } = settings
  return {
    name: shopName(settings),
    url: settings.SHOP_URL,
    contact: settings.SHOP_CONTACT,
    delayTexts: delayTextsOf(settings),
    logo: SHOP_LOGO_URL ? { url: SHOP_LOGO_URL, width: SHOP_LOGO_WIDTH, alt: SHOP_LOGO_ALT } : undefined,
    colours: { accent: settings.SHOP_COLOUR, page: settings.SHOP_BACKGROUND },
    footer: settings.SHOP_FOOTER,
    legal: settings.SHOP_LEGAL,
  }
}

/** A shop that gave no name is known by the one that it sends under. */
export function shopName({ SHOP_NAME, MAIL_FROM }: Pick<Settings, 'SHOP_NAME' | 'MAIL_FROM'>): string {
  return (
    SHOP_NAME ??
    (MAIL_FROM.replace(/<[^>]*>/, '')
      .replaceAll('"', '')
      .trim() ||
      MAIL_FROM)
  )
}
