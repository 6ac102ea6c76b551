import { readFile } from 'node:fs/promises'
import { chromium } from 'playwright-core'
import { asFailure } from '#scraper/failure.ts'
import type { Kit } from '../commands.ts'
import { wrongCommand } from '../kit-error.ts'
import { chromiumOf } from '../open-browser.ts'
import { makeOfflineBrowser } from '../offline-browser.ts'
import { proposeAnswers } from './propose.ts'
import type { Answers } from './questions.ts'
import type { Sketch } from './sketch.ts'
import { sketchPage } from './sketch.ts'

/** Looks at pages, live or saved, and proposes answers; without pages it proposes nothing. */
export async function proposalsFrom(from: string[], { settings }: Kit): Promise<Answers> {
  const sketches: Sketch[] = []
  for (const page of from) {
    sketches.push(await (/^https?:/.test(page) ? sketchLive(page, settings) : sketchSaved(page, settings)))
  }
  return proposeAnswers(sketches)
}

async function sketchLive(address: string, settings: Kit['settings']): Promise<Sketch> {
  const browser = await chromium.launch({ executablePath: chromiumOf(settings) })
  try {
    const page = await browser.newPage()
    await page.goto(address, { waitUntil: 'load', timeout: 30_000 })
    return await sketchPage(page)
  } catch (error) {
    throw wrongCommand(`--from ${address}: cannot be opened: ${asFailure(error).message}`)
  } finally {
    await browser.close()
  }
}

/** Browsers write into a saved page where it was: "saved from url=(0028)https://…". */
async function sketchSaved(file: string, settings: Kit['settings']): Promise<Sketch> {
  const html = await readFile(file, 'utf8').catch(() => {
    throw wrongCommand(`--from ${file}: expected an address that begins with https://, or a saved page`)
  })
  const address = /saved from url=\(\d+\)(\S+)/.exec(html.slice(0, 2_000))?.[1] ?? ''
  await using browser = makeOfflineBrowser(() => chromiumOf(settings))
  const sketch = await browser.open({ html, address }, sketchPage)
  return { ...sketch, address }
}
