import { html, raw } from 'hono/html'
import type { Html } from '../portal/layout.ts'
import { account } from './account.ts'
import { style } from './style.ts'

type Frame = { title: string; body: Html; signedIn?: { csrf: string }; head?: Html }

/** A page of Figurkowo: band with the account where somebody is signed in, body, and the question about cookies. */
export function pageFrame({ title, body, signedIn, head }: Frame): Html {
  return html`<!doctype html>
    <html lang="pl">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – Figurkowo B2B</title>
        <style>
          ${raw(style)}
        </style>
        ${head ?? ''}
      </head>
      <body>
        <div class="pas">
          <a href="/">Figurkowo B2B</a>
          ${signedIn ? accountCorner(signedIn.csrf) : html`<span>Hurtownia figurek kolekcjonerskich</span>`}
        </div>
        <main>${body}</main>
        <footer>Figurkowo Dystrybucja Sp. z o.o., ul. Magazynowa 8, 40-001 Katowice</footer>
        ${cookieQuestion}
      </body>
    </html>`
}

function accountCorner(csrf: string): Html {
  return html`<form method="post" action="/wyloguj">
    Zalogowano jako <span class="konto">${account.company}</span>
    <input type="hidden" name="_csrf" value="${csrf}" />
    <button type="submit">Wyloguj</button>
  </form>`
}

/** Shown by a script until it was answered once; it covers the page and takes every click. */
const cookieQuestion = html`<div class="zaslona" id="ciasteczka">
    <div class="okno" role="dialog" aria-label="Pliki cookie">
      <h2>Cenimy Twoją prywatność</h2>
      <p>Używamy plików cookie, aby serwis działał prawidłowo i w celach statystycznych.</p>
      <button type="button" id="akceptuje">Akceptuję wszystkie</button>
    </div>
  </div>
  <script>
    const pytanie = document.getElementById('ciasteczka')
    if (document.cookie.includes('figurkowo_zgoda=1')) pytanie.remove()
    document.getElementById('akceptuje')?.addEventListener('click', () => {
      document.cookie = 'figurkowo_zgoda=1; path=/; max-age=15552000'
      pytanie.remove()
    })
  </script>`
