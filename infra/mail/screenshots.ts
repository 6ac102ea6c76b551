import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Browser } from 'playwright-core'
import { chromium } from 'playwright-core'
import type { GalleryMail, View } from './gallery.ts'
import { views } from './gallery.ts'

type Wish = { mails: GalleryMail[]; folder: string; executablePath: string; onPicture(path: string): void }

/** Pictures of mails as Chromium itself shows them by day and by night: `<folder>/<language>/<name>.<view>.png`. */
export async function takeScreenshots({ mails, folder, executablePath, onPicture }: Wish): Promise<void> {
  const browser = await chromium.launch({ executablePath })
  try {
    for (const view of views) await takeIn(browser, view, { mails, folder, onPicture })
  } finally {
    await browser.close()
  }
}

async function takeIn(browser: Browser, view: View, { mails, folder, onPicture }: Omit<Wish, 'executablePath'>) {
  const page = await browser.newPage({ colorScheme: view.scheme, viewport: { width: view.width, height: 600 } })
  for (const { language, name, html } of mails) {
    await mkdir(join(folder, language), { recursive: true })
    const path = resolve(folder, language, `${name}.${view.name}.png`)
    await page.setContent(html)
    await page.screenshot({ path, fullPage: true })
    onPicture(path)
  }
  await page.close()
}
