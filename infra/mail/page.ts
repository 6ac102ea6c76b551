import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { MailLanguage } from '#core/domain/language.ts'
import { mailLanguages } from '#core/domain/language.ts'
import type { GalleryMail } from './gallery.ts'
import { views } from './gallery.ts'
import { script, style } from './page-assets.ts'

type Html = HtmlEscapedString | Promise<HtmlEscapedString>
export type Shown = { language: MailLanguage; mails: GalleryMail[]; trouble: string | null }

/** All examples in a language, each on phone and desktop, by day and by night. */
export function galleryPage({ language, mails, trouble }: Shown): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Mails, ${language}</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        <header>
          <strong>Mails</strong>
          ${mailLanguages.map((one) => html`<a href="/${one}" ${one === language ? raw('aria-current="page"') : ''}>${one}</a>`)}
          <select onchange="location.hash = this.value">
            ${mails.map(({ name }) => html`<option>${name}</option>`)}
          </select>
        </header>
        ${trouble === null ? '' : html`<pre class="trouble">${trouble}</pre>`} ${mails.map(section)}
        <script>
          ${raw(script)}
        </script>
      </body>
    </html>`
}

function section(mail: GalleryMail): Html {
  const { language, name, subject } = mail
  const size = (Buffer.byteLength(mail.html) / 1000).toFixed(1)
  return html`<section id="${name}">
    <h2>${name} <small>${size} kB</small></h2>
    <p>${subject}</p>
    <div>
      ${views.map(
        (view) =>
          html`<iframe
            loading="lazy"
            width="${view.width}"
            title="${name}, ${view.name}"
            src="/${language}/${name}/${view.scheme}"
          ></iframe>`,
      )}
    </div>
    <details>
      <summary>text</summary>
      <pre>${mail.text}</pre>
    </details>
  </section>`
}
