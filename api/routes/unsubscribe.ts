import { createRoute } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { html } from 'hono/html'
import { z } from 'zod'
import { failures } from '../errors.ts'
import type { App, Given } from '../given.ts'
import { wordsIn } from '../unsubscribe-words.ts'

const path = '/unsubscribe/{language}/{token}'
const ofLink = z.object({
  language: z.string().meta({ description: 'In which the page speaks', example: 'cs' }),
  token: z.string().meta({ description: 'Made by the notifier, for one address' }),
})
const answers = {
  200: { description: 'A page for the customer', content: { 'text/html': { schema: z.string() } } },
  404: { description: 'A page that says that the link is none of ours', content: { 'text/html': { schema: z.string() } } }, // prettier-ignore
  ...failures('not-now'),
}

const showRoute = createRoute({
  method: 'get',
  path,
  operationId: 'showUnsubscribe',
  summary: 'Ask a customer whether they want only what is needed; changes nothing',
  tags: ['Customers'],
  security: [],
  request: { params: ofLink },
  responses: answers,
})

const unsubscribeRoute = createRoute({
  method: 'post',
  path,
  operationId: 'unsubscribe',
  summary: 'Mail the customer of this link only what is needed, as one click in a mail program asks (RFC 8058)',
  tags: ['Customers'],
  security: [],
  middleware: bodyLimit({ maxSize: 4096 }),
  request: { params: ofLink },
  responses: answers,
})

/** Nothing is loaded, nothing frames it, and nobody is told where the visitor came from. */
const headers = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
  'x-content-type-options': 'nosniff',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
}

/**
 * Where a mail's List-Unsubscribe leads (RFC 8058). Mail providers post there by themselves, without key, cookie or page;
 * whatever they and scanners of links get by GET changes nothing. The store is asked only by a token that we made.
 */
export function addUnsubscribe(app: App, { store }: Pick<Given, 'store'>): void {
  app.openapi(showRoute, async (c) => {
    const { words, language, person } = await read(c.req.valid('param'))
    if (person === null) return c.html(page({ language, title: words.title, says: words.wrong }), 404, headers)
    return c.html(page({ language, title: words.title, says: words.ask, button: words.button }), 200, headers)
  })

  app.openapi(unsubscribeRoute, async (c) => {
    const { words, language, person } = await read(c.req.valid('param'))
    if (person === null) return c.html(page({ language, title: words.title, says: words.wrong }), 404, headers)
    await store.people.optOut(person)
    return c.html(page({ language, title: words.title, says: words.done }), 200, headers)
  })

  async function read({ language, token }: z.infer<typeof ofLink>) {
    return { ...wordsIn(language), person: (await store.unsubscribe.tokens()).personOf(token) }
  }
}

type Page = { language: string; title: string; says: string; button?: string }

function page({ language, title, says, button }: Page) {
  // Posting to where the page is needs no knowledge of what a proxy put before the path.
  const form = html`<form method="post"><button name="List-Unsubscribe" value="One-Click">${button}</button></form>`
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <style>
          body {
            max-width: 34rem;
            margin: 4rem auto;
            padding: 0 1rem;
            font:
              1.1rem/1.5 system-ui,
              sans-serif;
          }
          button {
            padding: 0.6rem 1.4rem;
            font: inherit;
          }
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          <p>${says}</p>
          ${button === undefined ? '' : form}
        </main>
      </body>
    </html>`
}
