import type { RunFinished } from '#core/domain/messages.ts'
import type { Column } from '#core/domain/supplier.ts'
import { many } from '#core/domain/many.ts'
import { advice } from './advice.ts'
import type { Kept } from './keep-run.ts'
import type { Item } from './read-items.ts'
import { sayReading } from './read-items.ts'
import type { Step, Tried } from './run-once.ts'
import { textTable } from './text-table.ts'

type Report = { tried: Tried; items: Item[]; kept: Kept; columns: Column[]; all: boolean }
type Failed = Extract<RunFinished, { outcome: 'failed' }>
type Whole = Extract<RunFinished, { outcome: 'whole' }>

const firstRows = 30
const mostSteps = 10

/** What a try found, for a person: the worst first. */
export function tryLines({ tried, items, kept, columns, all }: Report): string[] {
  const { ending, steps } = tried
  return [
    ...(items.length > 0 ? [...itemLines(items, columns, all), ''] : []),
    ...(ending.outcome === 'failed' ? failureLines(ending, items.length) : wholeLines(ending, items)),
    ...(steps.length > 0 ? ['', 'Steps', ...stepLines(steps)] : []),
    '',
    ...keptLines(kept),
    ...(ending.outcome === 'failed' ? [`What to do: ${advice[ending.failure]}`] : []),
  ]
}

export function tryJson({ tried, items, kept }: Report): object {
  const { ending, run, anchor } = tried
  const steps = tried.steps.map((step) => ({ ...step, seconds: Math.round(step.seconds * 1000) / 1000 }))
  const { outcome, seconds } = ending
  const base = { supplier: ending.supplier, run, outcome, seconds, anchor, steps, items, evidence: kept }
  if (ending.outcome === 'whole') return { ...base, proofs: ending.proofs, unfit: ending.unfit ?? [] }
  return { ...base, failure: ending.failure, words: ending.words, advice: advice[ending.failure] }
}

/** Raw text beside the reading; unreadable ones first. */
export function itemLines(items: Item[], columns: Column[], all: boolean): string[] {
  const ordered = [...items.filter(isUnreadable), ...items.filter((item) => !isUnreadable(item))]
  const shown = all ? ordered : ordered.slice(0, firstRows)
  const rows = shown.map(({ code, title, cells, reading }) => [
    code,
    title,
    ...columns.map(({ name }) => cells[name] ?? ''),
    sayReading(reading),
  ])
  const more = ordered.length - shown.length
  const table = textTable(['code', 'title', ...columns.map(({ name }) => `"${name}"`), 'read as'], rows)
  return [...table, ...(more > 0 ? [`… and ${many(more, 'row')} more (--all prints all)`] : [])]
}

function isUnreadable({ reading }: Item): boolean {
  return reading.kind === 'unreadable'
}

function wholeLines({ rows, seconds, proofs, unfit = [] }: Whole, items: Item[]): string[] {
  const unreadable = items.filter(isUnreadable).length
  const well = `${many(rows, 'row')} in ${seconds} s, ${unreadable === 0 ? 'all readable' : `${unreadable} unreadable`}`
  return [
    `Whole: ${well}. Proved by`,
    ...proofs.map(({ what, said }) => `  ${what}: ${said}`),
    ...(proofs.some(({ what }) => what === 'read twice') ? ['', ...nothingAnnounced(rows)] : []),
    ...(unfit.length > 0
      ? ['', `${many(unfit.length, 'row')} did not fit and ${unfit.length === 1 ? 'is' : 'are'} no item:`]
      : []),
    ...unfit.map(({ where, said }) => `  ${where}: ${said}`),
  ]
}

/** Two equal reads prove that nothing was lost on the way, not that the definition turns every page. */
function nothingAnnounced(rows: number): string[] {
  return [
    `Look at the portal: is this all that it has (${many(rows, 'row')})? The definition names nothing that counts them.`,
    'Where the page says how many rows or pages there are, name it in "whole"; where it has links to pages, in "paging".',
  ]
}

function failureLines({ failure, words, seconds }: Failed, rows: number): string[] {
  const read =
    rows > 0 ? ` The ${many(rows, 'row')} above ${rows === 1 ? 'was' : 'were'} read before and would not be used.` : ''
  return [`Failed (${failure}) after ${seconds} s.${read}`, `  ${words}`]
}

/** Of many pages the first and the slowest. */
function stepLines(steps: Step[]): string[] {
  const widest = Math.max(...steps.map(({ name }) => name.length))
  const slowest = steps.toSorted((a, b) => b.seconds - a.seconds).slice(0, mostSteps)
  const shown = steps.filter((step, n) => n < mostSteps || step.failed || slowest.includes(step))
  const left = steps.length - shown.length
  const lines = shown.map(({ name, seconds, failed }) => {
    return `  ${failed ? '✖' : '✔'} ${name.padEnd(widest)}  ${seconds.toFixed(2)} s`
  })
  return [...lines, ...(left > 0 ? [`  … and ${many(left, 'step')} more, none slower than these`] : [])]
}

function keptLines({ folder, ...files }: Kept): string[] {
  const names = Object.entries(files).map(([kind, file]) => `  ${kind}: ${file}`)
  return [`Kept in ${folder}`, ...names]
}
