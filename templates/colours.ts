/** `#rrggbb`; nothing else is taken, for it goes into the layout as it is. */
export const colourPattern = /^#[0-9a-f]{6}$/i

/** What WCAG asks of text in its usual size (level AA). */
const least = 4.5

const fixed = { card: '#ffffff', panel: '#f5f8fb', text: '#1f2933', quiet: '#52606d', line: '#d9e2ec' }
const darkFixed = { page: '#14181d', card: '#1f252c', panel: '#29313a', text: '#e8ecf0', quiet: '#b4bfca', line: '#46515d' } // prettier-ignore

export type Palette = typeof fixed & { page: string; onPage: string; accent: string; onAccent: string }
export type ShopColours = { accent: string; page: string }

export const usualColours: ShopColours = { accent: '#1f5fa8', page: '#eef1f4' }

/** All colours of a mail, by day and by night: the shop's own, and what goes with them. */
export function palettesOf({ accent, page }: ShopColours): { light: Palette; dark: Palette } {
  return {
    light: { ...fixed, page, onPage: textOn(page) ?? fixed.text, accent, onAccent: '#ffffff' },
    dark: { ...darkFixed, onPage: darkFixed.quiet, accent: towards('#ffffff', accent, darkFixed.panel), onAccent: darkFixed.page }, // prettier-ignore
  }
}

/** Why the shop's colour cannot be had, and one that can; the accent is text on white, and white is text on it. */
export function accentProblem(accent: string): string | null {
  const found = Math.min(contrast(accent, fixed.card), contrast(accent, fixed.panel))
  if (found >= least) return null
  return (
    `${accent} is too light to be read on white, and white on it: the contrast is ${found.toFixed(1)} to 1 ` +
    `and must be ${least}; ${towards('#000000', accent, fixed.panel)} would do`
  )
}

export function pageProblem(page: string): string | null {
  if (textOn(page) !== null) return null
  return (
    `${page} is neither light nor dark enough for text on it: no text reaches a contrast of ${least} to 1; ` +
    `${towards('#ffffff', page, fixed.text)} would do`
  )
}

/** The contrast of two colours as WCAG reckons it, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

function textOn(page: string): string | null {
  return [fixed.quiet, fixed.text, '#ffffff'].find((text) => contrast(text, page) >= least) ?? null
}

/** The colour, mixed with as little white or black as makes it readable beside another. */
function towards(end: '#ffffff' | '#000000', colour: string, beside: string): string {
  for (let share = 0; share < 1; share += 0.02) {
    const mixed = mix(colour, end, share)
    if (contrast(mixed, beside) >= least) return mixed
  }
  return end
}

function mix(colour: string, end: string, share: number): string {
  const parts = channels(colour).map((part, at) => Math.round(part + ((channels(end)[at] ?? 0) - part) * share))
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
}
