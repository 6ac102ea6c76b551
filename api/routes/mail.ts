import { Resolver } from 'node:dns/promises'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { failures, Refused } from '../errors.ts'
import type { App, Given } from '../given.ts'
import type { MailSeen } from '../mail-check.ts'
import { checkMail } from '../mail-check.ts'

export const ToTester = z
  .boolean()
  .meta({ description: 'MAIL_ONLY_TO is set: mails go to that address alone, and what is sent counts as told' })

const RecordView = z
  .object({
    what: z.enum(['SPF', 'DKIM', 'DMARC']),
    name: z.string().meta({ description: 'Of the TXT record' }),
    value: z.string().nullable().meta({ description: 'As to be created; null where the words say what to do' }),
    found: z.array(z.string()).meta({ description: 'What is there' }),
    state: z.enum(['ok', 'missing', 'wrong', 'skipped']).meta({ description: 'Skipped: it could not be looked at' }),
    words: z.string(),
  })
  .meta({ id: 'MailRecord', description: 'A record of the domain by which receivers know the mails' })

const route = createRoute({
  method: 'get',
  path: '/v1/mail/check',
  operationId: 'checkMail',
  summary: 'Say which records the domain of the mails should have, and look at those that it has',
  tags: ['Health'],
  responses: {
    200: {
      description: 'The records, and what was found of them',
      content: {
        'application/json': {
          schema: z.object({
            domain: z.string(),
            toTester: ToTester,
            hasNetwork: z.boolean().meta({ description: 'Whether name servers can be reached from here' }),
            records: z.array(RecordView),
          }),
        },
      },
    },
    ...failures('key-missing', 'not-now'),
  },
})

/** An answer must come well before the request's own time is over. */
const patience = { timeout: 1_200, tries: 1 }

type Parts = Pick<Given, 'store'> & { nameServers?: Given['nameServers'] | undefined }

export function addMail(app: App, { store, nameServers }: Pick<Given, 'store' | 'nameServers'>): void {
  app.openapi(route, async (c) => {
    const seen = await lookAtMail({ store, nameServers })
    if (seen === null) throw new Refused('not-now', 'No notifier has started yet, whose settings say how mails go.')
    return c.json(seen, 200)
  })
}

/** Null before any notifier has started. */
export async function lookAtMail({ store, nameServers }: Parts): Promise<MailSeen | null> {
  const setup = await store.shopSettings.mailSetup()
  if (setup === null) return null
  const { fromDomain: domain, toTester } = setup
  return { domain, toTester, ...(await checkMail(setup, nameServers ?? ownNameServers())) }
}

/** Whether customers get no mails at all, by the settings of the notifier that started last. */
export async function isToTester({ store }: Pick<Given, 'store'>): Promise<boolean> {
  return (await store.shopSettings.mailSetup())?.toTester ?? false
}

function ownNameServers() {
  const resolver = new Resolver(patience)
  return {
    resolveNs: (name: string) => resolver.resolveNs(name),
    resolveTxt: (name: string) => resolver.resolveTxt(name),
  }
}
