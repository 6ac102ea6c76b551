import { readFile } from 'node:fs/promises'
import Handlebars from 'handlebars'
import mjml2html from 'mjml'
import { palettesOf, usualColours } from './colours.ts'
import type { MailView, Shop } from './view.ts'

/** Placeholders survive MJML, so it runs once and Handlebars, which escapes what it fills in, runs per mail. */
export async function compileHtml(shop: Shop): Promise<(view: MailView) => string> {
  const layout = withLook(await readFile(new URL('layout.mjml', import.meta.url), 'utf8'), shop)
  const { html } = await mjml2html(layout, { validationLevel: 'strict', keepComments: false, fonts: {} })
  // One line: what mail programs ignore is sent to nobody, and a message with few line ends is composed faster.
  const fill = Handlebars.compile<MailView>(html.replace(/\n\s*/g, ' '), { strict: true, knownHelpersOnly: true })
  return (view) => fill(unbroken(view))
}

/** Mail clients know no variables of CSS: what the layout writes as such is put in before it is compiled. */
function withLook(layout: string, { colours = usualColours, logo }: Shop): string {
  const { light, dark } = palettesOf(colours)
  const night = Object.entries(dark).map(([name, colour]): [string, string] => [`dark-${name}`, colour])
  const width = `${logo?.width ?? 0}`
  const values = new Map([...Object.entries(light), ...night, ['logo-width', width], ['logo-size', `${width}px`]])
  return layout.replace(/var\(--([a-zA-Z-]+)\)/g, (_, name: string) => {
    const value = values.get(name)
    if (value === undefined) throw new Error(`layout.mjml names var(--${name}), which there is not in colours.ts`)
    return value
  })
}

/** A day stays beside its month where a line breaks. Only html needs it, and titles are left as they are. */
function unbroken(view: MailView): MailView {
  return {
    ...view,
    heading: keepTogether(view.heading),
    news: view.news.map(({ title, told, now, explanation }) => ({
      title,
      told: told === null ? null : keepTogether(told),
      now: keepTogether(now),
      explanation: keepTogether(explanation),
    })),
    others: view.others.map(({ title, availability }) => ({
      title,
      availability: availability === null ? null : keepTogether(availability),
    })),
  }
}

function keepTogether(text: string): string {
  return text.replace(/(?<!\d)(\d{1,2}\.?) (?=\p{L})/gu, '$1\u00A0')
}
