import { parentPort, workerData } from 'node:worker_threads'
import { mailLanguages } from '#core/domain/language.ts'
import { examplesIn } from '#templates/examples.ts'
import { makeRenderer } from '#templates/render.ts'
import type { Shop } from '#templates/view.ts'
import type { GalleryMail } from './gallery.ts'

/** A thread that renders the gallery once. */
const { render } = await makeRenderer(workerData as Shop)
const mails: GalleryMail[] = mailLanguages.flatMap((language) =>
  examplesIn(language).map(({ name, content }) => ({ language, name, ...render(content) })),
)
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads knows no origin
parentPort?.postMessage(mails)
