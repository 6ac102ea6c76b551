import { readFile } from 'node:fs/promises'
import Handlebars from 'handlebars'
import mjml2html from 'mjml'
import type { NoticeContent } from '#core/domain/news.ts'
import { layOutText } from './text.ts'
import type { MailView, Shop } from './view.ts'
import { viewNotice } from './view.ts'

export type { Shop } from './view.ts'

/** A worded mail, without sender and addressee. */
export type RenderedMail = { subject: string; html: string; text: string }

export type MailRenderer = { render(content: NoticeContent): RenderedMail }

/** Compiles the layout once; rendering a notice is then only filling in. */
export async function makeRenderer(shop: Shop): Promise<MailRenderer> {
  const fill = await compileLayout()
  return {
    render(content) {
      const view = viewNotice(content, shop)
      return { subject: view.subject, html: fill(view), text: layOutText(view) }
    },
  }
}

/** Placeholders survive MJML, so it runs once and Handlebars, which escapes what it fills in, runs per mail. */
async function compileLayout(): Promise<(view: MailView) => string> {
  const layout = await readFile(new URL('layout.mjml', import.meta.url), 'utf8')
  const { html } = await mjml2html(layout, { validationLevel: 'strict', keepComments: false, fonts: {} })
  const template = Handlebars.compile<MailView>(html, { strict: true, knownHelpersOnly: true })
  return (view) => template(view)
}
