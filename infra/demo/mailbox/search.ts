import type { Summary } from './message.ts'

const places: Record<string, (mail: Summary) => string[]> = {
  to: (mail) => [...mail.To, ...mail.Bcc].flatMap((person) => [person.Address, person.Name]),
  cc: (mail) => mail.Cc.flatMap((person) => [person.Address, person.Name]),
  from: (mail) => [mail.From.Address, mail.From.Name],
  subject: (mail) => [mail.Subject],
  'message-id': (mail) => [mail.MessageID],
}

/** Mails that fit every word of a query such as `to:eva@example.cz "new date"`; no tags, no dates, no exclusions. */
export function matching(mails: Summary[], query: string): Summary[] {
  const terms = query.match(/(?:[a-z-]+:)?(?:"[^"]*"|\S+)/gi) ?? []
  const tests = terms.map(testOf)
  return mails.filter((mail) => tests.every((test) => test(mail)))
}

function testOf(term: string): (mail: Summary) => boolean {
  const [, place = '', said = ''] = /^(?:([a-z-]+):)?(.*)$/i.exec(term) ?? []
  const look = places[place.toLowerCase()]
  const words = (look ? said : term).replaceAll('"', '').toLowerCase()
  return (mail) => (look ?? everywhere)(mail).some((text) => text.toLowerCase().includes(words))
}

function everywhere(mail: Summary): string[] {
  return [...Object.values(places).flatMap((look) => look(mail)), mail.Snippet]
}
