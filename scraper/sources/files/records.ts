import { PortalChanged } from '#scraper/failure.ts'
import type { Cell, FileRow, FileTable } from './file-table.ts'
import { collapsed } from './file-table.ts'

/** A JSON number as it is written: codes and totals must not be rounded. A class, apart from all that a file can hold. */
export class Written {
  readonly written: string
  constructor(written: string) {
    this.written = written
  }
}

export type Tree = string | boolean | Written | null | Tree[] | Branch
export type Branch = { [key: string]: Tree }

/** Where the text of an XML element stands that has attributes too. */
export const textKey = '#text'

/** `present` are paths that other records of the same list are known to have. */
type Wanted = { wanted: string[]; total: number | null; present?: string[] }

/**
 * Records at a path as a table: its headers are the wanted paths that are in any record, then the other keys of the
 * records. Cells stand under the wanted paths only.
 */
export function tableOfRecords(records: Tree[], { wanted, total, present = [] }: Wanted): FileTable {
  const keys = new Set<string>()
  const found = new Set(present)
  for (const record of records) {
    if (!isBranch(record)) continue
    for (const key of Object.keys(record)) if (key !== textKey) keys.add(key)
    for (const path of wanted) if (!found.has(path) && valueAt(record, path) !== undefined) found.add(path)
  }
  const paths = wanted.filter((path) => found.has(path))
  const others = [...keys].filter((key) => !paths.some((path) => path === key || path.startsWith(`${key}.`)))
  const rows = records.map((record, i) => rowOf(record, { n: i + 1, paths }))
  return { unit: 'record', headers: [...paths, ...others], rows, trailer: null, total }
}

function rowOf(record: Tree, { n, paths }: { n: number; paths: string[] }): FileRow {
  if (!isBranch(record)) return { n, cells: [cellOf(record)], unfit: 'a single value where a record is wanted' }
  return { n, cells: paths.map((path) => cellOf(valueAt(record, path) ?? null)) }
}

function cellOf(value: Tree): Cell {
  if (value === null) return ''
  if (typeof value === 'string') return collapsed(value)
  if (typeof value === 'boolean') return String(value)
  if (value instanceof Written) return numberText(value)
  if (isBranch(value) && isText(value)) return cellOf(value[textKey] ?? null)
  const unfit = Array.isArray(value) ? 'several values where one is wanted' : 'a record where one value is wanted'
  return { unfit, said: JSON.stringify(value).slice(0, 60) }
}

function numberText({ written }: Written): Cell {
  return /^-?\d+(\.\d+)?$/.test(written) ? written : { unfit: 'a number with an exponent', said: written }
}

/** The records at a path; lists on the way to it are walked through. "" is the whole. */
export function recordsAt(tree: Tree, path: string): Tree[] {
  const steps = path === '' ? [] : path.split('.')
  let here = listOf(tree)
  for (const [i, step] of steps.entries()) {
    const branches = here.filter(isBranch)
    const there = branches.filter((branch) => Object.hasOwn(branch, step))
    const isElsewhere = there.length === 0 && branches.some((branch) => Object.keys(branch).length > 0)
    if (isElsewhere) throw nothingAt(steps.slice(0, i + 1).join('.'), branches)
    here = there.flatMap((branch) => listOf(branch[step] ?? null))
  }
  return here
}

/** Some portals write a list that is empty as null. */
function listOf(tree: Tree): Tree[] {
  if (tree === null) return []
  return Array.isArray(tree) ? tree : [tree]
}

function nothingAt(path: string, branches: Branch[]): PortalChanged {
  const keys = [...new Set(branches.flatMap((branch) => Object.keys(branch)))].slice(0, 20)
  return new PortalChanged(`there is nothing at "${path}"; the keys there are ${keys.join(', ')}`)
}

/** The number that the file says at a path. */
export function totalAt(tree: Tree, path: string): number {
  const value = isBranch(tree) ? valueAt(tree, path) : undefined
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing')
  const digits = value instanceof Written ? value.written : text.trim()
  if (/^\d{1,9}$/.test(digits)) return Number(digits)
  throw new PortalChanged(`expected the number of all records at "${path}"; met ${text.slice(0, 80)}`)
}

/** By the whole path as one key, else step by step. */
export function valueAt(record: Branch, path: string): Tree | undefined {
  const whole = ownValue(record, path)
  if (whole !== undefined || !path.includes('.')) return whole
  let here: Tree | undefined = record
  for (const step of path.split('.')) {
    if (here === undefined || !isBranch(here)) return Array.isArray(here) ? here : undefined
    here = ownValue(here, step)
  }
  return here
}

function ownValue(branch: Branch, key: string): Tree | undefined {
  return Object.hasOwn(branch, key) ? branch[key] : undefined
}

export function isBranch(value: Tree): value is Branch {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Written)
}

/** An element whose only content is its text. */
function isText(branch: Branch): boolean {
  return textKey in branch && Object.keys(branch).every((key) => key === textKey || key.startsWith('@'))
}
