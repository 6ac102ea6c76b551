import type { Context } from 'hono'
import { html, raw } from 'hono/html'
import { stream } from 'hono/streaming'
import type { Html } from './layout.ts'

/** What may be answered in place of a page. */
export type InsteadName = keyof Notices | 'drip' | 'defect' | 'sign-in-form'

type Notice = { title: string; said: string }
/** What the portal says where it lets nobody in. */
export type Notices = Record<
  'down' | 'friendly-down' | 'captcha' | 'too-many' | 'forbidden' | 'waiting-room' | 'maintenance-table',
  Notice
>
type Frame = (page: { title: string; body: Html; head?: Html }) => Html

type Parts = {
  notices: Notices
  frame: Frame
  signInForm: (context: Context) => Response | Promise<Response>
  /** The page on which a visitor goes on when an answer without end is let go. */
  home: string
  /** Whether the mood still is that answers have no end. */
  drips: () => boolean
  /** Whether data are asked for, so that a refusal is data too. */
  isData?: (context: Context) => boolean
}
export type Answers = Record<InsteadName, (context: Context) => Response | Promise<Response>>

/** The answers of one portal, in its words and its dress. */
export function makeAnswers({ notices, frame, signInForm, home, drips, isData = () => false }: Parts): Answers {
  const say = (name: keyof Notices, { status = 200, headers = {}, head, more }: Saying = {}) => {
    const { title, said } = notices[name]
    return async (context: Context) => {
      if (status >= 400 && isData(context)) return context.json({ error: title }, status, headers)
      const way = html`<p><a class="button" href="${context.req.path}">↻</a></p>`
      const body = html`<section class="card">
        <h1>${title}</h1>
        <p>${said}</p>
        ${more ?? way}
      </section>`
      return context.html(await frame({ title, body, ...(head && { head }) }), status, headers)
    }
  }
  const retry = { 'retry-after': '600' }
  return {
    down: say('down', { status: 503, headers: retry }),
    'friendly-down': say('friendly-down', { status: 503, headers: retry, more: opening }),
    captcha: say('captcha', { more: captcha }),
    'too-many': say('too-many', { status: 429, headers: { 'retry-after': '30' } }),
    forbidden: say('forbidden', { status: 403, more: html`<p>Request ID: 8f3a-1c07-77d2</p>` }),
    'waiting-room': say('waiting-room', { head: html`<meta http-equiv="refresh" content="2" />` }),
    'maintenance-table': say('maintenance-table', { more: opening }),
    defect: (context) => (isData(context) ? context.json({ error: 'Internal error' }, 500) : context.html(defect, 500)),
    drip: (context) => drip(context, { home, drips }),
    'sign-in-form': signInForm,
  }
}

type Saying = { status?: 200 | 403 | 429 | 503; headers?: Record<string, string>; head?: Html; more?: Html }

const defect = '<html><head><title>500</title></head><body><h1>500 Internal Server Error</h1><hr>nginx</body></html>'
const captcha = html`<form method="post" action="/captcha">
  <label><input type="checkbox" name="human" /> I'm not a robot</label>
  <div class="g-recaptcha" data-sitekey="demo"></div>
</form>`
const opening = html`<table>
  <thead>
    <tr>
      <th>Start</th>
      <th>End</th>
      <th>Service</th>
    </tr>
  </thead>
  <tbody>
    <tr>
      <td>06:00</td>
      <td>07:30</td>
      <td>B2B</td>
    </tr>
    <tr>
      <td>22:00</td>
      <td>23:15</td>
      <td>EDI</td>
    </tr>
  </tbody>
</table>`

/** A page that begins and goes on with a space at a time; when the mood ends, it loads itself anew. */
function drip(context: Context, { home, drips }: Pick<Parts, 'home' | 'drips'>) {
  context.header('content-type', 'text/html; charset=utf-8')
  return stream(context, async (page) => {
    await page.write('<!doctype html>\n<html>\n')
    while (drips() && !page.aborted) {
      await page.write(' ')
      await page.sleep(200)
    }
    await page.write(String(raw(`<meta http-equiv="refresh" content="0;url=${home}">`)))
  })
}
