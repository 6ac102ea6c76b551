/** What of an element a person reads. These functions run in the page, as text: they know one another and nothing else. */
export const textScript = [saidOf, textOf, textOfField, textInstead, collapsed, isBoxed, isUnseen].join('\n')

/** The text of an element without what is to be ignored, white space collapsed; NBSP is kept: it may be in a number. */
export function saidOf(element: Element, ignore?: string): string {
  if (element.childElementCount > 0) return collapsed(textOf(element, ignore)) || textInstead(element, ignore)
  if (!element.checkVisibility({ visibilityProperty: true })) return ''
  return collapsed(textOfField(element) ?? element.textContent ?? '') || textInstead(element)
}

function textOf(element: Element, ignore?: string): string {
  if (isUnseen(element) || (ignore !== undefined && element.matches(ignore))) return ''
  const { visibility, display } = getComputedStyle(element)
  const own = textOfField(element)
  let inner = own !== null && visibility === 'visible' ? own : ''
  for (const node of own === null ? element.childNodes : []) {
    if (node instanceof Element) inner += textOf(node, ignore)
    else if (node.nodeType === Node.TEXT_NODE && visibility === 'visible') inner += node.nodeValue ?? ''
  }
  return display.startsWith('inline') || display === 'contents' ? inner : ` ${inner} `
}

/** What stands in a field of a form; null of any other element. */
function textOfField(element: Element): string | null {
  if (element instanceof HTMLSelectElement) return [...element.selectedOptions].map(({ text }) => text).join(', ')
  if (element instanceof HTMLTextAreaElement) return element.value
  if (element.tagName === 'BR') return ' '
  if (!(element instanceof HTMLInputElement)) return null
  return ['checkbox', 'radio', 'password', 'image', 'file'].includes(element.type) ? '' : element.value
}

/** Where there are signs in place of words, what they are said to mean. */
function textInstead(element: Element, ignore?: string): string {
  for (const sign of element.querySelectorAll('img[alt], [title], [aria-label]')) {
    if (ignore !== undefined && sign.closest(ignore)) continue
    const said = collapsed(
      sign.getAttribute('alt') || sign.getAttribute('title') || sign.getAttribute('aria-label') || '',
    )
    if (said !== '' && isBoxed(sign)) return said
  }
  return ''
}

export function collapsed(text: string): string {
  return text.replaceAll(/[ \t\r\n\f]+/g, ' ').replaceAll(/^ | $/g, '')
}

/** Whether it takes a place on the page; `display: contents` takes it by its children. */
export function isBoxed(element: Element): boolean {
  return element.checkVisibility() || getComputedStyle(element).display === 'contents'
}

/** Also what is there for readers of the screen only, as a single point. */
function isUnseen(element: Element): boolean {
  if (!isBoxed(element)) return true
  if (!(element instanceof HTMLElement) || getComputedStyle(element).position !== 'absolute') return false
  return element.offsetWidth <= 1 && element.offsetHeight <= 1
}
