import { setTimeout as wait } from 'node:timers/promises'
import type { Frame, Page } from 'playwright-core'
import { hidden, makeBlank, secretName, secretPatterns } from './blank.ts'
import type { Blank, SecretPattern } from './blank.ts'
import type { SavedFile } from './robot.ts'

/** What a run saw, secrets blanked. */
export type Evidence = { address: string; picture?: string; page?: string; file?: { name: string; content: string } }

const takeWithinMs = 8_000
const tallest = 3_000
/** Of the message's 2 MB; the page's part is counted as it will stand in JSON. */
const pictureAtMost = 1_000_000
const pageAtMost = 900_000
const fileAtMost = 700_000

/** Takes text and picture of a page, as far as it lets us: that one fails must not hide why it was wanted. */
export async function takeEvidence(page: Page, secrets: Record<string, string>, file?: SavedFile): Promise<Evidence> {
  const blank = makeBlank(secrets)
  const html = await inTime(takeHtml(page, secrets))
  // A page that could not be blanked is not photographed either.
  const picture = html === null ? null : await inTime(takePicture(page))
  return {
    address: blank(page.url()),
    ...(picture === null ? {} : { picture }),
    ...(html === null ? {} : { page: bounded(blank(html)) }),
    ...(file && fileWithin(file, blank)),
  }
}

/**
 * A file is kept whole or not at all, and only where no secret stands in it; of bytes that are no text (a workbook) that
 * is said by reading them as text too.
 */
function fileWithin({ name, bytes }: SavedFile, blank: Blank): { file?: { name: string; content: string } } {
  const text = Buffer.from(bytes).toString('latin1')
  const content = Buffer.from(bytes).toString('base64')
  if (content.length > fileAtMost || blank(text) !== text) return {}
  return { file: { name, content } }
}

async function takeHtml(page: Page, secrets: Record<string, string>): Promise<string> {
  for (const frame of page.frames()) await blankFrame(frame, secretPatterns(secrets))
  await page.evaluate(markHidden)
  // Playwright's own content() waits for pages that never end.
  return page.evaluate(() => `<!doctype html>\n${document.documentElement.outerHTML}`)
}

/** A kept page has lost its style sheets: what they hid says so itself, or it would be read. Runs in the page. */
function markHidden(): void {
  for (const element of document.body?.querySelectorAll<HTMLElement>('*:not(script, style, template)') ?? []) {
    const { display, position } = getComputedStyle(element)
    const isPoint = position === 'absolute' && element.offsetWidth <= 1 && element.offsetHeight <= 1
    if (display === 'none' || isPoint) element.setAttribute('hidden', '')
  }
}

async function takePicture(page: Page): Promise<string | null> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  const clip = { x: 0, y: 0, width: 1366, height: Math.min(Math.max(height, 200), tallest) }
  for (const quality of [40, 15]) {
    const image = await page.screenshot({ type: 'jpeg', quality, clip, fullPage: true, timeout: takeWithinMs })
    const picture = image.toString('base64')
    if (picture.length <= pictureAtMost) return picture
  }
  return null
}

async function inTime<T>(taking: Promise<T>): Promise<T | null> {
  const late = wait(takeWithinMs, null, { ref: false })
  return Promise.race([taking.catch(() => null), late])
}

/** Blanked in the page itself, so that the picture shows no secret either; nobody reads on from this page. */
async function blankFrame(frame: Frame, secrets: SecretPattern[]): Promise<void> {
  const names = { source: secretName.source, flags: secretName.flags }
  await frame.evaluate(blankDocument, { secrets, names, mark: hidden })
}

type Blanking = { secrets: SecretPattern[]; names: SecretPattern; mark: string }

/** Runs in the page, so everything that it needs is inside. */
function blankDocument({ secrets, names, mark }: Blanking): void {
  const patterns = secrets.map(({ source, flags }) => new RegExp(source, flags))
  const secretWord = new RegExp(names.source, names.flags)

  function cleaned(text: string): string {
    return patterns.reduce((done, pattern) => done.replaceAll(pattern, mark), text)
  }
  function isSecretField(element: Element): boolean {
    const type = element.getAttribute('type')
    return type === 'password' || type === 'hidden' || secretWord.test(`${element.id} ${element.getAttribute('name')}`)
  }
  function blankElement(element: Element): void {
    if (element.tagName === 'SCRIPT') element.textContent = ''
    const isSecret = isSecretField(element)
    for (const attribute of element.attributes) {
      const holdsValue = attribute.name === 'value' || attribute.name === 'content'
      const value = secretWord.test(attribute.name) || (isSecret && holdsValue) ? mark : cleaned(attribute.value)
      if (value !== attribute.value) attribute.value = value
    }
    if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
      element.value = isSecret ? '' : cleaned(element.value)
    }
  }
  for (const element of document.querySelectorAll('*')) blankElement(element)
  const texts = document.createTreeWalker(document, NodeFilter.SHOW_TEXT)
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    const value = cleaned(text.nodeValue ?? '')
    if (value !== text.nodeValue) text.nodeValue = value
  }
}

/** Cut where the message would become too large; what is kept is the beginning. */
function bounded(html: string): string {
  let kept = html
  while (Buffer.byteLength(JSON.stringify(kept)) > pageAtMost) kept = kept.slice(0, Math.floor(kept.length * 0.8))
  return kept
}
