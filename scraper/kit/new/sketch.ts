import type { Page } from 'playwright-core'

/** What a page has that a definition could name, with selectors that find each of them alone. */
export type Sketch = {
  address: string
  language: string
  tables: { selector: string; headers: string[]; rows: string[][] }[]
  form: { username: string | null; password: string; submit: string | null } | null
  /** Texts that may count the rows, such as "1–50 of 200". */
  counts: { selector: string; text: string }[]
  /** The parameter of links that go on, where its value is the page's number. */
  parameter: string | null
  next: string | null
  /** A button that adds rows. */
  more: string | null
}

/** Runs in the page, in three parts, so everything that a part needs is inside of it. */
export async function sketchPage(page: Page): Promise<Sketch> {
  await page.evaluate(installSelectorOf)
  const [tables, form, rest] = [await page.evaluate(tablesOf), await page.evaluate(formOf), await page.evaluate(restOf)]
  const language = await page.evaluate(() => document.documentElement.lang)
  return { address: page.url(), language, tables, form, ...rest }
}

type Window = { selectorOf(element: Element): string }

/** By id, by name, by classes; else by its place below what can be named. */
function installSelectorOf(): void {
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- only what is inside goes to the page
  function isAlone(selector: string): boolean {
    return document.querySelectorAll(selector).length === 1
  }
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- the same
  function candidatesOf(element: Element): string[] {
    const tag = element.tagName.toLowerCase()
    // Ids that a program made up are others tomorrow.
    const byId = element.id !== '' && !/\d{3}/.test(element.id) ? [`#${CSS.escape(element.id)}`] : []
    const named = ['name', 'rel', 'type'].filter((name) => element.hasAttribute(name))
    const byAttribute = named.map((name) => `${tag}[${name}="${CSS.escape(element.getAttribute(name) ?? '')}"]`)
    const classes = [...element.classList].map((name) => `.${CSS.escape(name)}`)
    return [...byId, ...byAttribute, ...classes, ...classes.map((name) => tag + name), tag + classes.join(''), tag]
  }
  function selectorOf(element: Element): string {
    const alone = candidatesOf(element).find(isAlone)
    const parent = element.parentElement
    if (alone !== undefined || parent === null) return alone ?? element.tagName.toLowerCase()
    const nth = [...parent.children].filter(({ tagName }) => tagName === element.tagName).indexOf(element) + 1
    return `${selectorOf(parent)} > ${element.tagName.toLowerCase()}:nth-of-type(${nth})`
  }
  Object.assign(globalThis, { selectorOf })
}

/** Tables with a header and at least two rows; the largest first. */
function tablesOf(): Sketch['tables'] {
  const { selectorOf } = globalThis as unknown as Window
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- only what is inside goes to the page
  function cellsOf(row: HTMLTableRowElement | undefined): string[] {
    return [...(row?.cells ?? [])].map((cell) => cell.innerText.replaceAll(/[ \t\r\n]+/g, ' ').trim())
  }
  const tables = [...document.querySelectorAll('table')].map((table) => {
    const rows = [...table.rows]
    const head = table.tHead?.rows[0] ?? rows.find((row) => row.querySelector('th'))
    const body = rows.filter((row) => row !== head && row.parentElement?.tagName === 'TBODY')
    return { selector: selectorOf(table), headers: cellsOf(head), rows: body.slice(0, 200).map(cellsOf) }
  })
  const whole = tables.filter(({ headers, rows }) => headers.length > 1 && rows.length > 1)
  return whole.sort((a, b) => b.rows.length * b.headers.length - a.rows.length * a.headers.length)
}

/** The form with a password; what is before the password is the name. */
function formOf(): Sketch['form'] {
  const { selectorOf } = globalThis as unknown as Window
  const password = document.querySelector<HTMLInputElement>('input[type=password]')
  if (password === null) return null
  const around = password.form ?? document.body
  const inputs = [...around.querySelectorAll<HTMLInputElement>('input')].filter((input) => {
    return ['text', 'email', 'tel', 'number', 'password'].includes(input.type)
  })
  const username = inputs[inputs.indexOf(password) - 1]
  const submit =
    around.querySelector('button[type=submit], input[type=submit]') ?? around.querySelector('button:not([type=button])')
  return {
    username: username ? selectorOf(username) : null,
    password: selectorOf(password),
    submit: submit && selectorOf(submit),
  }
}

function restOf(): Pick<Sketch, 'counts' | 'parameter' | 'next' | 'more'> {
  const { selectorOf } = globalThis as unknown as Window
  const counting =
    /\d+\s*[–—-]\s*\d+\s+\D+\d+|^\D{0,40}\d[\d\s.,]*\s*(položek|položiek|pozycji|artikel|items|produkt)/iu
  const short = [...document.body.querySelectorAll('*')].filter((element) => {
    const text = element.textContent ?? ''
    return text.length < 80 && counting.test(text.trim()) && !element.closest('table, script, style, option')
  })
  // The innermost says it; what is around only holds it.
  const inner = short.filter((element) => !short.some((other) => other !== element && element.contains(other)))
  const links = [...document.querySelectorAll<HTMLAnchorElement>('a[href]')]
  const second = links.find((link) => (link.textContent ?? '').trim() === '2' && link.href.includes('?'))
  const parameters = second ? [...new URL(second.href).searchParams] : []
  const clickable = [...document.querySelectorAll('a, button')]
  const onwards =
    /^(další|následující|ďal(ej|šia)|nasledujúca|dalej|następna|weiter|nächste|next)( \S+)?\s*[›»>→]?$|^[›»→]$/iu
  const next = document.querySelector('a[rel~=next]') ?? clickable.find((one) => onwards.test(one.textContent.trim()))
  const adding = /\b(více|viac|więcej|mehr|more)\b/iu
  const more = clickable.find((one) => one.textContent.length < 40 && adding.test(one.textContent))
  return {
    counts: inner.slice(0, 5).map((element) => ({ selector: selectorOf(element), text: element.textContent ?? '' })),
    parameter: parameters.find(([, value]) => value === '2')?.[0] ?? null,
    next: next ? selectorOf(next) : null,
    more: more ? selectorOf(more) : null,
  }
}
