import type { MailLanguage } from '#core/domain/language.ts'
import { mailLanguages } from '#core/domain/language.ts'

export type UnsubscribeWords = {
  title: string
  /** What stops and what goes on, before the button is pressed. */
  ask: string
  button: string
  done: string
  wrong: string
}

/** Of the page behind the link in a mail, in every language of mails. */
const words: Record<MailLanguage, UnsubscribeWords> = {
  cs: {
    title: 'Odhlášení odběru zpráv',
    ask: 'Nechcete dostávat zprávy, které nejsou nutné? Nebudeme vám už psát, že je zboží u dodavatele skladem, že má přijít dříve, že se termín zpřesnil, ani že o termínu nemáme žádnou zprávu. O nových termínech, zpožděních, zboží, které se už nedodává, a opravách vám budeme psát dál.',
    button: 'Odhlásit',
    done: 'Hotovo. Napíšeme vám už jen to, co je k objednávce nutné vědět.',
    wrong: 'Tento odkaz není platný. Použijte prosím odkaz z poslední zprávy, kterou jste od nás dostali.',
  },
  sk: {
    title: 'Odhlásenie odberu správ',
    ask: 'Nechcete dostávať správy, ktoré nie sú nutné? Nebudeme vám už písať, že je tovar u dodávateľa na sklade, že má prísť skôr, že sa termín spresnil, ani že o termíne nemáme žiadnu správu. O nových termínoch, oneskoreniach, tovare, ktorý sa už nedodáva, a opravách vám budeme písať aj naďalej.',
    button: 'Odhlásiť',
    done: 'Hotovo. Napíšeme vám už len to, čo je k objednávke nutné vedieť.',
    wrong: 'Tento odkaz nie je platný. Použite prosím odkaz z poslednej správy, ktorú ste od nás dostali.',
  },
  pl: {
    title: 'Rezygnacja z wiadomości',
    ask: 'Nie chcą Państwo dostawać wiadomości, które nie są konieczne? Nie będziemy już pisać, że towar jest w magazynie dostawcy, że ma przyjść wcześniej, że termin doprecyzowano, ani że o terminie nie mamy żadnych wiadomości. O nowych terminach, opóźnieniach, wycofanych produktach i sprostowaniach nadal będziemy informować.',
    button: 'Rezygnuję',
    done: 'Gotowe. Napiszemy już tylko o tym, co o zamówieniu trzeba wiedzieć.',
    wrong: 'Ten link jest nieprawidłowy. Prosimy użyć linku z ostatniej wiadomości od nas.',
  },
  de: {
    title: 'Nachrichten abbestellen',
    ask: 'Möchten Sie keine Nachrichten erhalten, die nicht nötig sind? Wir schreiben Ihnen dann nicht mehr, dass Ware bei unserem Lieferanten auf Lager ist, dass sie früher kommt, dass ein Termin genauer bekannt ist, und auch nicht, dass wir zum Termin nichts gehört haben. Über neue Termine, Verspätungen, nicht mehr lieferbare Artikel und Korrekturen schreiben wir Ihnen weiterhin.',
    button: 'Abbestellen',
    done: 'Erledigt. Wir schreiben Ihnen nur noch, was Sie zu Ihrer Bestellung wissen müssen.',
    wrong: 'Dieser Link ist nicht gültig. Bitte verwenden Sie den Link aus unserer letzten Nachricht an Sie.',
  },
  en: {
    title: 'Unsubscribe',
    ask: 'Would you rather not get messages that are not necessary? We will no longer write that goods are in stock at our supplier, that they are coming earlier, that a date has become more exact, nor that there is no news of an overdue date. We will still tell you of new dates, of delays, of items that are no longer available, and of corrections.',
    button: 'Unsubscribe',
    done: 'Done. From now on we only write what you need to know about your order.',
    wrong: 'This link is not valid. Please use the link in the last message that you received from us.',
  },
}

/** In the language of a link, else in English: it may have been written by anybody. */
export function wordsIn(language: string): { language: string; words: UnsubscribeWords } {
  const known = mailLanguages.find((one) => one === language) ?? 'en'
  return { language: known, words: words[known] }
}
