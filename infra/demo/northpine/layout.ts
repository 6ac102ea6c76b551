import { html, raw } from 'hono/html'
import type { Html } from '../portal/layout.ts'
import { account } from './account.ts'
import { style } from './style.ts'

type Frame = { title: string; body: Html; signedIn?: { csrf: string }; head?: Html }

/** A page of Northpine: bar with the account where somebody is signed in, body, footer. */
export function pageFrame({ title, body, signedIn, head }: Frame): Html {
  return html`<!doctype html>
    <html lang="en-US">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} - Northpine Trade</title>
        <style>
          ${raw(style)}
        </style>
        ${head ?? ''}
      </head>
      <body>
        <nav>
          <a class="brand" href="/">Northpine Trade</a>
          <a href="/inventory">Inventory</a>
          ${signedIn ? accountCorner(signedIn.csrf) : ''}
        </nav>
        <main>${body}</main>
        <footer>Northpine Trade LLC, 1200 Harbor Ave, Duluth, MN 55802</footer>
      </body>
    </html>`
}

function accountCorner(csrf: string): Html {
  return html`<span>
    Signed in as <b id="account-name">${account.company}</b>
    <form method="post" action="/logout">
      <input type="hidden" name="_csrf" value="${csrf}" />
      <button type="submit">Sign out</button>
    </form>
  </span>`
}
