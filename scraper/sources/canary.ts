import type { Observation, Proof } from '#core/domain/messages.ts'
import { Defect, PortalChanged } from '#scraper/failure.ts'
import type { Canary } from './source.ts'

/** Holds the row that must be there to the text that it must have: its language, columns and zone are what they were. */
export function proveCanary(rows: Observation[], { code, column, text }: Canary): Proof {
  const row = rows.find((one) => one.code === code.normalize('NFC').trim())
  if (row === undefined) throw new PortalChanged(`the row of "${code}", which must always be there, is not`)
  const said = column === 'title' ? row.title : row.cells[column]
  if (said === undefined) throw noColumn(column, Object.keys(row.cells))
  if (spaced(said) !== spaced(text))
    throw new PortalChanged(
      `the row of "${code}" must say "${text}" in "${column}"; it says ${said.trim() === '' ? 'nothing' : `"${said}"`}`,
    )
  return { what: 'canary', said: `"${code}" says "${text}" in "${column}", as it must` }
}

function noColumn(column: string, columns: string[]): Defect {
  const known = ['title', ...columns].map((name) => `"${name}"`).join(', ')
  return new Defect(`the canary names the column "${column}", which the definition does not have; name one of ${known}`)
}

function spaced(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/g, ' ').trim()
}
