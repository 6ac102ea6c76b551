import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { MailLanguage } from '#core/domain/language.ts'
import type { RenderedMail } from '#templates/render.ts'
import type { Shop } from '#templates/view.ts'

/** One example notice as a mail. */
export type GalleryMail = RenderedMail & { language: MailLanguage; name: string }

/** Every example in every language. A thread of its own reads the templates anew, however often they changed. */
export async function renderGallery(shop: Shop): Promise<GalleryMail[]> {
  const worker = new Worker(new URL('render-gallery.ts', import.meta.url), { workerData: shop })
  try {
    // An error in a template rejects this: `once` listens to it too.
    const [mails] = (await once(worker, 'message')) as [GalleryMail[]]
    return mails
  } finally {
    await worker.terminate()
  }
}

/** How a mail is seen: on what, and whether by day or by night. */
export const views = [
  { name: 'phone-light', scheme: 'light', width: 360 },
  { name: 'phone-dark', scheme: 'dark', width: 360 },
  { name: 'desktop-light', scheme: 'light', width: 700 },
  { name: 'desktop-dark', scheme: 'dark', width: 700 },
] as const
export type View = (typeof views)[number]

/** The html as a program shows it that is set to light or dark, whatever the browser is set to that it is looked at in. */
export function inScheme(html: string, scheme: View['scheme']): string {
  return html
    .replaceAll('(prefers-color-scheme: dark)', scheme === 'dark' ? 'all' : 'not all')
    .replaceAll('content="light dark"', `content="${scheme}"`)
    .replaceAll('color-scheme: light dark', `color-scheme: ${scheme}`)
}
