import { examplesIn } from '#templates/examples.ts'
import { makeRenderer } from '#templates/render.ts'

/** Mails in which each part of the layout is seen at least once, by the names of their notices. */
export async function renderWholeMails(): Promise<Map<string, string>> {
  const { render } = await makeRenderer({
    name: 'Figurkov',
    url: 'https://shop.example/',
    contact: 'podpora@shop.example',
    logo: { url: 'https://shop.example/logo.png', width: 160 },
    delayTexts: { cs: 'Výrobce má potíže s dopravou z Japonska.' },
    footer: 'Po–pá 9–17',
    legal: 'Figurkov s.r.o., Dlouhá 1, Praha, IČO 12345678',
  })
  const plain = await makeRenderer({ name: 'Figurkov', contact: '+420 123 456 789' })
  const mails = new Map<string, string>()
  for (const { name, content } of examplesIn('cs')) {
    mails.set(name, render(content).html)
    if (name === 'bare') mails.set('bare, of a shop without a logo', plain.render(content).html)
  }
  return mails
}
