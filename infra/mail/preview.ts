import { EventEmitter, once } from 'node:events'
import { watch } from 'node:fs/promises'
import { join } from 'node:path'
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { mailLanguages } from '#core/domain/language.ts'
import type { Shop } from '#templates/view.ts'
import type { Served } from '../demo/serve.ts'
import { serveApp } from '../demo/serve.ts'
import { root } from '../places.ts'
import type { GalleryMail } from './gallery.ts'
import { inScheme, renderGallery } from './gallery.ts'
import { galleryPage } from './page.ts'

type Gallery = { mails: GalleryMail[]; trouble: string | null }
/** An editor writes a file in several steps. */
const settleMs = 100

/** The gallery on loopback, rendered anew whenever a template changes; what then does not render is told on the page. */
export async function servePreview({
  shop,
  port,
  folder,
}: {
  shop: Shop
  port: number
  folder?: string
}): Promise<Served> {
  const changes = new EventEmitter().setMaxListeners(0)
  const stop = new AbortController()
  let gallery = await look(shop, [])
  const served = await serveApp(
    makeApp(() => gallery, changes),
    port,
  )
  const watched = watchTemplates(folder ?? join(root, 'templates'), stop.signal, async () => {
    gallery = await look(shop, gallery.mails)
    changes.emit('changed')
  })
  return {
    url: served.url,
    async close() {
      stop.abort()
      await Promise.all([watched, served.close()])
    },
  }
}

/** What cannot be rendered leaves the mails as they were. */
async function look(shop: Shop, before: GalleryMail[]): Promise<Gallery> {
  try {
    return { mails: await renderGallery(shop), trouble: null }
  } catch (error) {
    return { mails: before, trouble: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

async function watchTemplates(folder: string, signal: AbortSignal, onChange: () => Promise<void>): Promise<void> {
  let settled: NodeJS.Timeout | undefined
  try {
    for await (const _event of watch(folder, { recursive: true, signal })) {
      clearTimeout(settled)
      settled = setTimeout(() => void onChange(), settleMs)
    }
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    clearTimeout(settled)
  }
}

function makeApp(gallery: () => Gallery, changes: EventEmitter): Hono {
  const app = new Hono()
  app.get('/', (context) => context.redirect(`/${mailLanguages[0]}`))
  app.get('/changes', (context) =>
    streamSSE(context, async (stream) => {
      const gone = new AbortController()
      stream.onAbort(() => gone.abort())
      while (!gone.signal.aborted) {
        await once(changes, 'changed', { signal: gone.signal }).catch(() => undefined)
        if (!gone.signal.aborted) await stream.writeSSE({ event: 'changed', data: '' })
      }
    }),
  )
  app.get('/:language', (context) => {
    const language = mailLanguages.find((one) => one === context.req.param('language'))
    if (language === undefined) return context.notFound()
    const { mails, trouble } = gallery()
    const shown = mails.filter((mail) => mail.language === language)
    return context.html(galleryPage({ language, mails: shown, trouble }))
  })
  app.get('/:language/:name/:scheme{light|dark}', (context) => {
    const { language, name, scheme } = context.req.param()
    const mail = gallery().mails.find((one) => one.language === language && one.name === name)
    return mail ? context.html(inScheme(mail.html, scheme === 'dark' ? 'dark' : 'light')) : context.notFound()
  })
  return app
}
