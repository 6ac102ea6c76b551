import { createHash } from 'node:crypto'
import type { Incident, IncidentNews } from '#core/store/incidents.ts'
import type { Context } from './context.ts'
import { domainOf } from './mail-address.ts'
import { MailServerAway } from './mail-connections.ts'
import type { Mailer } from './mailer.ts'

export type AdminMail = { mailer: Mailer; from: string; to: string; onlyTo?: string }
type Told = { incident: Incident; news: IncidentNews }

const leaseSeconds = 120

/**
 * Mails the admin what opened, what stands for another day, and what is over: each once, and all that is new in one mail.
 * It goes in every sending mode, which is about customers. A kill between mail and mark may repeat it, under the same
 * Message-ID.
 */
export async function tellAdmin(context: Context, mail: AdminMail): Promise<void> {
  const { store, owner, log } = context
  if (
    (await store.incidents.untold()).length === 0 ||
    !(await store.shopSettings.claimAdminMail(owner, leaseSeconds))
  ) {
    return
  }
  try {
    const untold = await store.incidents.untold()
    if (untold.length > 0 && (await send(untold, context, mail))) {
      for (const { incident, news } of untold) {
        await store.incidents.tell(incident, news)
        if (news === 'stands') log.warn({ incident: incident.kind, hint: incident.hint }, sayStanding(incident))
      }
    }
  } finally {
    await store.shopSettings.releaseAdminMail(owner)
  }
}

/** False where the mail server did not take it: it goes with the next sweep, with what is new by then. */
async function send(untold: Told[], { log, now }: Context, { mailer, from, to, onlyTo }: AdminMail): Promise<boolean> {
  const address = onlyTo ?? to
  const subject = subjectOf(untold)
  const raw = await mailer.compose({
    from,
    to: { address },
    subject: onlyTo === undefined ? subject : `[${to}] ${subject}`,
    text: untold.map(sayOne).join('\n\n'),
    messageId: messageIdOf(untold, from),
    date: now(),
  })
  try {
    const line = await mailer.open()
    const handed = await line.hand({ to: address, raw }).finally(() => line.giveBack())
    if (handed.kind === 'accepted') return true
    log.warn({}, `the mail to the admin was not taken: ${handed.words}`)
  } catch (error) {
    // That the mail server is away is an incident already, where customers' mails wait for it.
    if (!(error instanceof MailServerAway)) throw error
  }
  return false
}

function subjectOf(untold: Told[]): string {
  const [first] = untold
  if (untold.length === 1 && first) {
    const { subject, words, kind } = first.incident
    const said = first.news === 'closed' ? `${kind} is over` : words
    return `Avizo: ${subject}: ${said}`.replaceAll(/\s+/g, ' ').slice(0, 150)
  }
  const over = untold.filter(({ news }) => news === 'closed').length
  const open = untold.length - over
  const parts = [open > 0 ? `${open} ${open === 1 ? 'trouble' : 'troubles'}` : '', over > 0 ? `${over} over` : '']
  return `Avizo: ${parts.filter((part) => part !== '').join(', ')}`
}

function sayOne({ incident, news }: Told): string {
  const { kind, subject, words, hint, openedAt, closedAt, seen } = incident
  const times = seen > 1 ? `, met ${seen} times` : ''
  if (closedAt !== null && news === 'closed') {
    const minutes = Math.round((closedAt.getTime() - openedAt.getTime()) / 60_000)
    return `OVER: ${subject}: ${kind}, after ${minutes} min${times}\n  it was: ${words}`
  }
  const label = news === 'stands' ? 'STILL' : 'NEW'
  return `${label}: ${subject}: ${words}\n  since ${sayMoment(openedAt)}${times}\n  what to do: ${hint}`
}

/** Its opening and its end have their lines from where they are met. */
function sayStanding({ subject, words, openedAt }: Incident): string {
  return `${subject} still, since ${sayMoment(openedAt)}: ${words}`
}

function sayMoment(moment: Date): string {
  return `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** The same for the same news, so that a mail that went twice is known as one. */
function messageIdOf(untold: Told[], from: string): string {
  const said = untold.map(({ incident, news }) => `${incident.id} ${news} ${incident.told?.last?.toISOString() ?? ''}`)
  return `<avizo.admin.${createHash('sha256').update(said.join('\n')).digest('hex').slice(0, 24)}@${domainOf(from)}>`
}
