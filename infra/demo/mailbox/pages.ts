import type { Context } from 'hono'
import { Hono } from 'hono'
import { withMail } from './api.ts'
import type { FaultSwitch } from './faults.ts'
import type { MailKeep } from './keep.ts'
import { rawOf, readMail } from './keep.ts'
import { mailboxPage, tabs } from './page.ts'

/** Mails come from anywhere: no script, no plug-in, nothing but pictures and styles of their own. */
const mailPolicy =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'"

type Parts = { keep: MailKeep; faultSwitch: FaultSwitch }

export function makeMailPages({ keep, faultSwitch }: Parts) {
  const pages = new Hono()
  const fault = () => faultSwitch.current().fault
  pages.get('/', (context) =>
    context.html(mailboxPage({ mails: keep.newestFirst(), opened: undefined, fault: fault() })),
  )
  pages.get('/view/:id{[0-9a-z]+\\.html}', (context) => bareMail(context, keep, '.html'))
  pages.get('/view/:id{[0-9a-z]+\\.txt}', (context) => bareMail(context, keep, '.txt'))
  pages.get('/view/:id', (context) =>
    withMail(context, keep, async (mail) => {
      const detail = await readMail(mail)
      mail.summary.Read = true
      const opened = { mail: detail, tab: tabOf(context), raw: rawOf(mail).toString('utf8') }
      return context.html(mailboxPage({ mails: keep.newestFirst(), opened, fault: fault() }))
    }),
  )
  return pages
}

function tabOf(context: Context) {
  return tabs.find((tab) => tab === context.req.query('tab')) ?? 'html'
}

/** The mail alone, as Mailpit has it under `/view/<ID>.html` and `.txt`. */
async function bareMail(context: Context, keep: MailKeep, ending: '.html' | '.txt'): Promise<Response> {
  const mail = keep.find((context.req.param('id') ?? '').slice(0, -ending.length))
  if (!mail) return context.text('Error: message not found', 404)
  const detail = await readMail(mail)
  if (ending === '.txt') return context.text(detail.Text)
  context.header('content-security-policy', mailPolicy)
  return context.html(detail.HTML.replace(/<head[^>]*>/i, '$&<base target="_blank">'))
}
