import { z } from 'zod'
import { readSettings } from '#core/process/settings.ts'
import { settings as notifier } from '#notifier/settings.ts'
import { shopOf } from '#notifier/shop-of.ts'
import type { Shop } from '#templates/view.ts'
import type { Environment } from '../environment.ts'

const { shape } = notifier
const settings = z.object({
  MAIL_FROM: shape.MAIL_FROM,
  SHOP_NAME: shape.SHOP_NAME,
  SHOP_URL: shape.SHOP_URL,
  SHOP_CONTACT: shape.SHOP_CONTACT,
  SHOP_LOGO_URL: shape.SHOP_LOGO_URL,
  SHOP_LOGO_WIDTH: shape.SHOP_LOGO_WIDTH,
  SHOP_LOGO_ALT: shape.SHOP_LOGO_ALT,
  SHOP_COLOUR: shape.SHOP_COLOUR,
  SHOP_BACKGROUND: shape.SHOP_BACKGROUND,
  SHOP_FOOTER: shape.SHOP_FOOTER,
  SHOP_LEGAL: shape.SHOP_LEGAL,
  SHOP_DELAY_TEXT_CS: shape.SHOP_DELAY_TEXT_CS,
  SHOP_DELAY_TEXT_SK: shape.SHOP_DELAY_TEXT_SK,
  SHOP_DELAY_TEXT_PL: shape.SHOP_DELAY_TEXT_PL,
  SHOP_DELAY_TEXT_DE: shape.SHOP_DELAY_TEXT_DE,
  SHOP_DELAY_TEXT_EN: shape.SHOP_DELAY_TEXT_EN,
})

/** A shop to look at mails with, where none is set. */
const example: Environment = {
  MAIL_FROM: 'Figurkov <info@shop.example>',
  SHOP_URL: 'https://shop.example',
  SHOP_CONTACT: 'podpora@shop.example',
  SHOP_DELAY_TEXT_CS: 'Výrobce má potíže s dopravou z Japonska. Děkujeme za trpělivost.',
  SHOP_FOOTER: 'Po–pá 9–17',
  SHOP_LEGAL: 'Figurkov s.r.o., Dlouhá 1, 110 00 Praha 1, IČO 12345678',
}

/** The shop of the settings, as far as there are any: how its mails look can be seen before anything else is set up. */
export function shopOfEnvironment(environment: Environment): Shop {
  return shopOf(readSettings(settings, orExample(environment)))
}

/** The settings, or where they name no sender those of the example, with what is given over them. */
export function orExample(environment: Environment): Environment {
  return environment['MAIL_FROM'] ? environment : { ...example, ...environment }
}
