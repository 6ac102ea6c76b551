import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { caniemail } from 'caniemail'
import { renderWholeMails } from './whole-mails.ts'

type Client = Parameters<typeof caniemail>[0]['clients'][number]

/** Each is asked alone: the library gives up on a client that a feature was never tried in, such as GMX, web.de or WP. */
const clients: Client[] = [
  'apple-mail.ios',
  'apple-mail.macos',
  'gmail.android',
  'gmail.desktop-webmail',
  'gmail.ios',
  'gmail.mobile-webmail',
  'outlook.android',
  'outlook.ios',
  'outlook.macos',
  'outlook.outlook-com',
  'outlook.windows',
  'outlook.windows-mail',
  'yahoo.android',
  'yahoo.desktop-webmail',
  'yahoo.ios',
  'aol.desktop-webmail',
  'samsung-email.android',
  'protonmail.android',
  'protonmail.desktop-webmail',
  'protonmail.ios',
  'fastmail.desktop-webmail',
  'hey.desktop-webmail',
]

/** What some of them do not support, and why a mail can be read without it. */
const unsupported: Record<string, string[]> = {
  'the mail is then as by day, in colours of its own that are written at each element': [
    'color-scheme CSS property',
    'color-scheme meta tag',
    '@media',
    'Attribute selector',
    'Child combinator',
    'Class selector',
    'Chaining selectors',
    'Descendant combinator',
    'Type selector',
    'ID selector',
    '<style> element',
  ],
  'corners are square then': ['border-radius', 'overflow'],
  'columns are as wide as what is in them then': ['table-layout'],
  'a long word may widen the mail then; where one of the two is missing, the other is known': [
    'overflow-wrap',
    'word-break',
  ],
  'right-to-left text is isolated by characters too': ['<bdi> element'],
  'for screen readers, which have headings and the order of what is said besides': [
    'aria-label attribute',
    'role attribute',
    'lang attribute',
  ],
  'links open as the program opens links': ['target attribute'],
  'the pointer over the button': ['cursor'],
  'the preheader stands over the mail then, in the colour of its text': ['display:none'],
  'of the compiler, and what is set by it is so anyway': ['word-spacing', '<body> element', 'outline'],
  'widths are set by styles too': ['width attribute', 'height attribute'],
  'height of the gap between lines, and it grows where it must': ['height property'],
  'a new date is told apart by its place, its label and its weight': ['text-decoration'],
}

const known = new Set(Object.values(unsupported).flat())
let found: Map<string, Set<Client>>

before(async () => {
  const mails = await renderWholeMails()
  const html = ['good-and-bad', 'never-told', 'bare, of a shop without a logo']
    .map((name) => mails.get(name))
    .join('\n')
  found = new Map()
  for (const client of clients) {
    for (const { title } of caniemail({ clients: [client], html }).issues.errors.get(client as never) ?? [])
      found.set(title, (found.get(title) ?? new Set()).add(client))
  }
})

test('what a mail needs, all mail programs support', () => {
  const fresh = [...found].filter(([title]) => !known.has(title))
  const words = fresh.map(([title, where]) => `${title}: ${[...where].join(', ')}`)
  assert.deepEqual(words, [], 'Do without it, or say in this file why a mail can be read without it')
})

test('no excuse outlives its reason', () => {
  assert.deepEqual(
    [...known].filter((title) => !found.has(title)),
    [],
    'Nothing in the layout needs these any more: take them out of the list',
  )
})
