import type { Command } from 'commander'
import type { Json } from '../client.ts'
import type { Hand } from '../program.ts'
import { show, withJson } from '../show.ts'

/** What one text of a record holds; longer ones are written as several. */
const longestText = 255

export function addMail(program: Command, hand: Hand): void {
  const mail = program.command('mail').description('what mails need to reach their readers')
  withJson(mail.command('check'))
    .description('prints the SPF, DKIM and DMARC records that the domain should have, and looks at those that it has')
    .action(async ({ json }: { json?: boolean }) => {
      const checked = await hand.client.get('/v1/mail/check')
      show(hand, checked, { json, say: () => sayChecked(checked) })
      if (checked.records.some(({ state }: Json) => state === 'missing' || state === 'wrong')) process.exitCode = 1
    })
}

function sayChecked({ domain, hasNetwork, records, toTester }: Json): string {
  const head = hasNetwork
    ? `Records of ${domain}:`
    : `Records that ${domain} should have. None was looked at: there is no network here.`
  const tester = toTester ? ['MAIL_ONLY_TO is set: customers get no mails.'] : []
  return [head, ...records.map(sayRecord), ...tester].join('\n\n')
}

function sayRecord({ what, name, value, found, state, words }: Json): string {
  const lines = [`${state === 'ok' ? 'ok' : state === 'skipped' ? '--' : '!!'}  ${what}: ${words}`]
  if (state !== 'ok' && value !== null) lines.push(`      ${name}. IN TXT ${quoted(value)}`)
  for (const text of found) lines.push(`      there is: ${text}`)
  return lines.join('\n')
}

/** As a zone file has it. */
function quoted(value: string): string {
  const texts = value.match(new RegExp(`.{1,${longestText}}`, 'g')) ?? []
  const parts = texts.map((text) => `"${text}"`)
  return parts.length === 1 ? parts.join('') : `( ${parts.join(' ')} )`
}
