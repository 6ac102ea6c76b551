import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { account } from './account.ts'
import { style } from './style.ts'

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

type Frame = { title: string; body: Html; signedIn?: { csrf: string } | undefined; head?: Html }

/** A page of the portal: header with the account where somebody is signed in, body, footer. */
export function pageFrame({ title, body, signedIn, head }: Frame): Html {
  return html`<!doctype html>
    <html lang="cs">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} | Tokimi B2B</title>
        <style>
          ${raw(style)}
        </style>
        ${head ?? ''}
      </head>
      <body>
        <header class="hlavicka">
          <div class="obal">
            <a class="logo" href="/"><b>TOKIMI</b> <span>velkoobchod sběratelských figurek</span></a>
            ${signedIn ? accountCorner(signedIn.csrf) : ''}
          </div>
        </header>
        <main class="obal">${body}</main>
        <footer class="paticka">
          <div class="obal">
            <span>Tokimi Distribution CZ s.r.o., Nádražní 1180, 702 00 Ostrava</span>
            <span>Objednávky: obchod@tokimi.example, po–pá 8–16 h</span>
          </div>
        </footer>
      </body>
    </html>`
}

function accountCorner(csrf: string): Html {
  return html`<div class="ucet">
    <span class="ucet-popis">Přihlášený odběratel</span>
    <b class="ucet-jmeno">${account.company}</b>
    <form method="post" action="/odhlaseni">
      <input type="hidden" name="_csrf" value="${csrf}" />
      <button class="odkaz" type="submit">Odhlásit se</button>
    </form>
  </div>`
}
