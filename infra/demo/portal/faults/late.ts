import type { Fault } from './fault.ts'
import { everywhere, inHtml, inPages } from './fault.ts'
import { beforeEnd } from './sign-in.ts'

const inTable = /<table[\s\S]*<\/table>/
/** So late that a page read at once is read wrongly, and soon enough for any patience. */
const lateMs = 1200

/** Read before it is there (F5): late tables, spinners without end, answers that drip, stop or break. */
export const lateFaults = {
  'late-table': {
    about: 'the table is put in place by a script, 1.2 s after the page',
    failures: ['F5'],
    portals: inHtml,
    bites: { at: ['table'] },
    page: (text, { tongue }) =>
      text.replace(inTable, (table) => {
        const put = `document.getElementById('ceka').replaceWith(document.getElementById('pozdeji').content)`
        const script = `<script>setTimeout(() => ${put}, ${lateMs})</script>`
        return `<p id="ceka" role="status">${tongue.loading}</p><template id="pozdeji">${table}</template>${script}`
      }),
  },
  'late-rows': {
    about: 'ten rows are there at once, the others come by a script 1.2 s later',
    failures: ['F5', 'F6'],
    portals: inHtml,
    bites: { at: ['table'] },
    page: lateRows,
  },
  'endless-spinner': {
    about: 'in place of the table something turns, for ever',
    failures: ['F5'],
    portals: inHtml,
    bites: { at: ['table'] },
    page: (text, { tongue }) =>
      text.replace(inTable, `<p id="ceka" role="status" aria-busy="true">${tongue.loading}</p>`),
  },
  'late-answer': {
    about: 'each answer with the table, or its data, comes 1.5 s late',
    failures: ['F5'],
    portals: everywhere,
    bites: { at: ['table'] },
    waitsMs: 1500,
  },
  'endless-answer': {
    about: 'the answer with the table, or its data, does not end until the fault is cleared',
    failures: ['F5'],
    portals: everywhere,
    bites: { at: ['table'] },
    instead: 'drip',
  },
  slow: {
    about: 'pages begin, and do not end until the fault is cleared',
    failures: ['F5'],
    portals: everywhere,
    instead: 'drip',
  },
  'slow-drip': {
    about: 'each answer with the table comes in ten drops, and is whole after 2 s',
    failures: ['F5'],
    portals: everywhere,
    bites: { at: ['table'] },
    travels: 'in-drops',
  },
  'connection-cut': {
    about: 'the connection breaks in the middle of page 2 of the table',
    failures: ['F6'],
    portals: inPages,
    bites: { page: 2 },
    travels: 'cut-off',
  },
  'download-cut': {
    about: 'the connection breaks in the middle of the download',
    failures: ['F6'],
    portals: ['kontor'],
    bites: { at: ['table'] },
    travels: 'cut-off',
  },
} satisfies Record<string, Fault>

function lateRows(text: string): string {
  const body = /<tbody>([\s\S]*)<\/tbody>/.exec(text)?.[1]
  if (body === undefined) return text
  const rows = body.split(/(?<=<\/tr>)/)
  const template = `<template id="pozdeji">${rows.slice(10).join('')}</template>`
  const put = `document.querySelector('tbody').append(document.getElementById('pozdeji').content)`
  const script = `<script>setTimeout(() => ${put}, ${lateMs})</script>`
  return beforeEnd(
    text.replace(body, () => rows.slice(0, 10).join('')),
    template + script,
  )
}
