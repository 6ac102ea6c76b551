import type { NoticeContent } from '#core/domain/news.ts'
import { compileHtml } from './html.ts'
import { layOutText } from './text.ts'
import type { Shop } from './view.ts'
import { viewNotice } from './view.ts'

export type { Shop } from './view.ts'

/** A worded mail, without sender and addressee. */
export type RenderedMail = { subject: string; html: string; text: string }

export type MailRenderer = { render(content: NoticeContent): RenderedMail }

/** Compiles the layout once; rendering a notice is then only filling in. */
export async function makeRenderer(shop: Shop): Promise<MailRenderer> {
  const layOutHtml = await compileHtml(shop)
  return {
    render(content) {
      const view = viewNotice(content, shop)
      return { subject: view.subject, html: layOutHtml(view), text: layOutText(view) }
    },
  }
}
