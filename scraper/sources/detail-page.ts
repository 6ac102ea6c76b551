import { PortalChanged, SessionLost } from '#scraper/failure.ts'
import type { SignedIn } from '#scraper/sign-in/sign-in.ts'
import { isBlank } from './is-blank.ts'
import { notAsExpected, pathOf } from './open-page.ts'
import type { Judgement } from './settle.ts'
import type { Look, Snapshot } from './snapshot.ts'
import type { TableSource } from './source.ts'
import { plain } from './table.ts'

export type DetailsLook = NonNullable<TableSource['details']>
type Judging = { code: string; details: DetailsLook; signedIn: SignedIn | null; origin: string }
/** The cells by column, or the selector of one that is not there. */
export type DetailCells = { found: Record<string, string> } | { missing: string }

const cellMark = 'cell '

export function lookOfDetails({ code, cells }: DetailsLook, signedIn: SignedIn | null): Look {
  const ofCells = Object.entries(cells).map(([name, selector]) => [cellMark + name, selector])
  return {
    marks: { code, ...(signedIn && { account: signedIn.selector }) },
    seen: Object.fromEntries(ofCells) as Record<string, string>,
  }
}

/** Judges the page of one item: it is ours if it shows the account, and the right one if it shows the code. */
export function judgeDetails(snapshot: Snapshot, { code, details, signedIn, origin }: Judging): Judgement<DetailCells> {
  const { address, marks, passwordField, styled } = snapshot
  const where = `the page of ${code} (${pathOf(address)})`
  if (new URL(address).origin !== origin)
    return { kind: 'not-yet', failure: new PortalChanged(`${where} leads away from the portal, to ${address}`) }
  const isOurs = !signedIn || plain(marks['account'] ?? '').includes(plain(signedIn.text))
  if (passwordField && !isOurs)
    return { kind: 'not-yet', failure: new SessionLost(`${where} shows the sign-in form: the session has ended`) }
  if (!isOurs) return { kind: 'not-yet', failure: notAsExpected(`${where} with the account signed in`, snapshot) }
  if (!names(marks['code'] ?? '', code)) {
    const expected = `${where} with its code in ${details.code} (found: ${marks['code']?.slice(0, 80) ?? 'none'})`
    return { kind: 'not-yet', failure: notAsExpected(expected, snapshot) }
  }
  if (!styled) return { kind: 'not-yet', failure: new PortalChanged(`the style sheets of ${where} do not come`) }
  return judgeCells(snapshot, details)
}

function judgeCells({ seen }: Snapshot, details: DetailsLook): Judgement<DetailCells> {
  const found: Record<string, string> = {}
  for (const [name, selector] of Object.entries(details.cells)) {
    const [cell, ...others] = seen[cellMark + name] ?? []
    if (cell === undefined || others.length > 0) {
      const missing = cell === undefined ? selector : `single ${selector}`
      return { kind: 'not-yet', failure: new PortalChanged(`no ${missing}`), atLast: { missing } }
    }
    found[name] = cell.text
  }
  // One without a word may be still to be filled.
  if (Object.values(found).some(isBlank)) return { kind: 'likely', value: { found }, shows: JSON.stringify(found) }
  return { kind: 'ready', value: { found } }
}

/** The code is there as a word of its own: "FIG-1" is not in "FIG-10", nor in "FIG-1-B" or "X/FIG-1". */
function names(text: string, code: string): boolean {
  const escaped = plain(code).replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  const [before, after] = [String.raw`(?<![\p{L}\p{N}][\p{Pd}_/.]*)`, String.raw`(?![\p{Pd}_/.]*[\p{L}\p{N}])`]
  return new RegExp(before + escaped + after, 'u').test(plain(text))
}
