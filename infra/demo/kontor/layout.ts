import { html, raw } from 'hono/html'
import type { Html } from '../portal/layout.ts'
import { account } from './account.ts'
import { style } from './style.ts'

type Frame = { title: string; body: Html; signedIn?: { csrf: string }; head?: Html }

/** A page of the Sammelkontor: header with the account where somebody is signed in, body, notice about cookies. */
export function pageFrame({ title, body, signedIn, head }: Frame): Html {
  return html`<!doctype html>
    <html lang="de">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Sammelkontor Händlerportal</title>
        <style>
          ${raw(style)}
        </style>
        ${head ?? ''}
      </head>
      <body>
        <header>
          <a href="/">Sammelkontor <small>Händlerportal</small></a>
          ${signedIn ? accountCorner(signedIn.csrf) : ''}
        </header>
        <main>${body}</main>
        <footer>Sammelkontor GmbH &amp; Co. KG, Speicherstraße 4, 20457 Hamburg · Impressum · Datenschutz</footer>
        ${cookieNotice}
      </body>
    </html>`
}

function accountCorner(csrf: string): Html {
  return html`<form method="post" action="/abmelden">
    Angemeldet: <b id="haendler">${account.company}</b>
    <input type="hidden" name="_csrf" value="${csrf}" />
    <button type="submit">Abmelden</button>
  </form>`
}

/** A script takes it away where it was answered. */
const cookieNotice = html`<div id="cookie-hinweis" role="dialog" aria-label="Cookies">
    <p>Wir verwenden Cookies, um Ihnen die Nutzung des Portals zu ermöglichen.</p>
    <button type="button" data-wahl="alle">Alle akzeptieren</button>
    <button type="button" data-wahl="notwendige">Nur notwendige</button>
  </div>
  <script>
    const hinweis = document.getElementById('cookie-hinweis')
    if (document.cookie.includes('kontor_cookies=')) hinweis.remove()
    hinweis.addEventListener('click', ({ target }) => {
      if (!target.dataset.wahl) return
      document.cookie = 'kontor_cookies=' + target.dataset.wahl + '; path=/; max-age=15552000'
      hinweis.remove()
    })
  </script>`
