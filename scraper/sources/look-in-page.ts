import type { Look, Seen, Snapshot } from './snapshot.ts'
import { tableOf, tableScript } from './table-in-page.ts'
import { collapsed, isBoxed, saidOf, textScript } from './text-in-page.ts'

/** All that `lookAround` needs, as text: these functions run in the page. */
export const lookScript = [lookAround, markOf, seenOf, isEnabled, isStyled, tableScript, textScript].join('\n')

function lookAround(look: Look): Snapshot {
  const table = tableOf(look)
  const marks = Object.entries(look.marks).map(([name, selector]) => [name, markOf(selector)] as const)
  const seen = Object.entries(look.seen ?? {}).map(([name, selector]) => [name, seenOf(selector)] as const)
  const lacks = table === null || marks.some(([, said]) => said === null)
  return {
    address: location.href,
    title: document.title,
    marks: Object.fromEntries(marks),
    seen: Object.fromEntries(seen),
    passwordField: document.querySelector('input[type=password]') !== null,
    styled: isStyled(),
    table,
    words: look.wordsIfLacking && !lacks ? '' : collapsed(document.body?.innerText ?? '').slice(0, 300),
  }
}

/** An account's name may be in a menu that is still closed. */
function markOf(selector: string): string | null {
  const elements = [...document.querySelectorAll(selector)]
  const element = elements.find(isBoxed) ?? elements[0]
  if (element === undefined) return null
  return isBoxed(element) ? saidOf(element) : collapsed(element.textContent ?? '')
}

function seenOf(selector: string): Seen[] {
  const elements = [...document.querySelectorAll(selector)].filter(isBoxed).slice(0, 2_000)
  return elements.map((element) => {
    const isLink = element instanceof HTMLAnchorElement && element.hasAttribute('href')
    return { text: saidOf(element), address: isLink ? element.href : null, enabled: isEnabled(element) }
  })
}

function isEnabled(element: Element): boolean {
  const off = '[disabled], [aria-disabled=true], .disabled, .is-disabled'
  return !element.matches(off) && !element.parentElement?.matches(`li:is(${off})`)
}

/** Before its style sheets are there, a page shows what it is to hide. */
function isStyled(): boolean {
  if (document.readyState === 'complete') return true
  const sheets = [...document.querySelectorAll<HTMLLinkElement>('link[rel~=stylesheet][href]')]
  return sheets.every((link) => link.sheet !== null || link.disabled || !matchMedia(link.media || 'all').matches)
}
