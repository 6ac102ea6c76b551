import type { Page } from 'playwright-core'

/** What a page shows of a sign-in, taken in one go: judging it needs no browser. No values of fields are in it. */
export type Seen = {
  address: string
  title: string
  words: string
  /** Visible text of each selector's elements; null where none is visible. */
  shown: Record<string, string | null>
  /** Of the selectors, those of fields that hold something. */
  filled: string[]
  passwordField: boolean
  /** A riddle for people is on the page. */
  captcha: boolean
}

export async function lookAt(tab: Page, selectors: string[]): Promise<Seen> {
  return tab.evaluate(lookAround, { selectors, captchas })
}

/** Null while the page is just going on to another. */
export async function lookOrNull(tab: Page, selectors: string[]): Promise<Seen | null> {
  try {
    return await lookAt(tab, selectors)
  } catch (error) {
    if (error instanceof Error && /context was destroyed|navigati/i.test(error.message)) return null
    throw error
  }
}

/** Those that are solved unseen (`size=invisible`) let a form through. */
const captchas = [
  'iframe[src*="recaptcha"]:not([src*="size=invisible"])',
  'iframe[src*="hcaptcha.com"]:not([src*="size=invisible"])',
  'iframe[src*="challenges.cloudflare.com"]',
  'iframe[src*="captcha-delivery.com"]',
  'iframe[src*="arkoselabs.com"]',
  'iframe[src*="geetest"]',
  'iframe[title*="captcha" i]',
  'input[name*="captcha" i]:not([type=hidden])',
  'input[id*="captcha" i]:not([type=hidden])',
  'img[src*="captcha" i]',
].join(', ')

/** Runs in the page, so everything that it needs is inside. */
/* oxlint-disable unicorn/consistent-function-scoping -- only what is inside goes to the page */
function lookAround({ selectors, captchas: riddles }: { selectors: string[]; captchas: string }): Seen {
  function isVisible(element: Element): boolean {
    const { width, height } = element.getBoundingClientRect()
    return width > 0 && height > 0 && element.checkVisibility({ visibilityProperty: true })
  }
  function textOf(element: Element): string {
    return element instanceof HTMLElement ? element.innerText : (element.textContent ?? '')
  }
  function visible(selector: string): Element[] {
    return [...document.querySelectorAll(selector)].filter(isVisible)
  }
  function holdsSomething(element: Element): boolean {
    return element instanceof HTMLInputElement && element.value !== ''
  }
  const found = selectors.map((selector) => [selector, visible(selector)] as const)
  const shown = found.map(([selector, all]) => [selector, all.length > 0 ? all.map(textOf).join(' ') : null] as const)
  return {
    address: location.href,
    title: document.title,
    words: (document.body?.innerText ?? '').slice(0, 20_000),
    shown: Object.fromEntries(shown),
    filled: found.filter(([, all]) => all.some(holdsSomething)).map(([selector]) => selector),
    passwordField: document.querySelector('input[type=password]') !== null,
    captcha: visible(riddles).length > 0,
  }
}
