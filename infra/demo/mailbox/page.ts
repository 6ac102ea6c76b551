import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Detail, Summary } from './message.ts'
import { script, style } from './page-assets.ts'

type Html = HtmlEscapedString | Promise<HtmlEscapedString>
const shownAtMost = 200

export type Shown = {
  mails: Summary[]
  opened: { mail: Detail; tab: Tab; raw: string } | undefined
  fault: string | null
}
export const tabs = ['html', 'text', 'raw'] as const
export type Tab = (typeof tabs)[number]

/** The mailbox for a person: list and reading pane. It looks for new mails by itself. */
export function mailboxPage({ mails, opened, fault }: Shown): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>(${mails.length}) Demo mailbox</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        <header>
          <a class="logo" href="/">Demo mailbox</a>
          <span class="note">Every mail that Avizo sends lands here; nothing leaves this machine.</span>
          ${fault ? html`<span class="fault">fault: ${fault}</span>` : ''}
          <span class="count" id="count">${mails.length} ${mails.length === 1 ? 'mail' : 'mails'}</span>
          <button type="button" id="empty" ${mails.length === 0 ? 'disabled' : ''}>Delete all</button>
        </header>
        <main>
          <nav id="list" aria-label="Mails">${list(mails, opened?.mail.ID)}</nav>
          <section aria-label="Reading pane">${opened ? pane(opened) : nothingOpened(mails.length)}</section>
        </main>
        <script>
          ${raw(script)}
        </script>
      </body>
    </html>`
}

function list(mails: Summary[], openedId: string | undefined): Html {
  const rest = mails.length - shownAtMost
  return html`${mails.slice(0, shownAtMost).map((mail) => row(mail, mail.ID === openedId))}
  ${rest > 0 ? html`<p class="more">and ${rest} older</p>` : ''}`
}

function row(mail: Summary, isOpened: boolean): Html {
  const names = [isOpened ? 'opened' : '', mail.Read ? '' : 'unread'].join(' ')
  return html`<a class="${names}" href="/view/${mail.ID}" ${isOpened ? raw('aria-current="true"') : ''}>
    <span class="to">${recipients(mail)}</span><time datetime="${mail.Created}">${clock(mail.Created)}</time>
    <b>${mail.Subject || '(no subject)'}</b>
    <span class="snippet">${mail.Snippet}</span></a
  > `
}

function pane({ mail, tab, raw: source }: NonNullable<Shown['opened']>): Html {
  const link = (to: Tab) =>
    html`<a href="/view/${mail.ID}?tab=${to}" ${to === tab ? raw('aria-current="page"') : ''}>${to}</a>`
  return html`<div class="head">
      <h1>${mail.Subject || '(no subject)'}</h1>
      <dl>
        <dt>From</dt>
        <dd>${person(mail.From)}</dd>
        <dt>To</dt>
        <dd>${recipients(mail)}</dd>
        <dt>Date</dt>
        <dd>${mail.Date}</dd>
        <dt>Message-ID</dt>
        <dd class="id">${mail.MessageID}</dd>
      </dl>
      <div class="tabs">${tabs.map(link)}</div>
    </div>
    ${body(mail, tab, source)}`
}

function body(mail: Detail, tab: Tab, source: string): Html {
  if (tab === 'raw') return html`<pre>${source}</pre>`
  if (tab === 'text' || !mail.HTML) return html`<pre class="words">${mail.Text}</pre>`
  return html`<iframe
    title="The mail"
    sandbox="allow-popups allow-popups-to-escape-sandbox"
    src="/view/${mail.ID}.html"
  ></iframe>`
}

function nothingOpened(count: number): Html {
  const said =
    count === 0 ? 'No mail yet. Change a delivery date at the supplier, and wait.' : 'Choose a mail on the left.'
  return html`<p class="nothing">${said}</p>`
}

function recipients({ To, Cc, Bcc }: Pick<Summary, 'To' | 'Cc' | 'Bcc'>): string {
  return [...To, ...Cc, ...Bcc].map(person).join(', ')
}

function person({ Name, Address }: { Name: string; Address: string }): string {
  return Name ? `${Name} <${Address}>` : Address
}

function clock(moment: string): string {
  const [now, then] = [new Date(), new Date(moment)]
  const isToday = now.toDateString() === then.toDateString()
  return isToday ? then.toLocaleTimeString('en-GB') : then.toLocaleDateString('en-GB', { dateStyle: 'medium' })
}
