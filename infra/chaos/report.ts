import type { Outcome } from './chaos.ts'
import { sum } from './trouble.ts'

const mostShown = 20

/** The table of a round, with what went wrong, and the one line that it ends in. */
export function report(outcome: Outcome): string {
  const { lost, wrong, doubled, uncertain, left, took, windows, tally, mails, struck, runs, accepted } = outcome
  const rows: [string, string][] = [
    ['mails to customers', `${mails}, of them ${struck} while all was struck`],
    ['runs', `${runs}, of them accepted ${accepted}`],
    ['killed', counts(tally.kills)],
    ['frozen', counts(tally.freezes)],
    ['of these just when a mail was taken', String(tally.atMails)],
    ['faults of the mailbox', counts(tally.mailFaults)],
    ['notices that met the window', String(windows)],
    ['never came, inside the window', String(uncertain.length)],
  ]
  const seconds = Object.entries(took).map(([what, spent]) => `${spent} s to ${what}`)
  rows.push(['it took', seconds.join(', ')])
  const width = Math.max(...rows.map(([name]) => name.length))
  return [
    ...rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`),
    ...list('left when the world had come to rest', left),
    ...list('lost', lost),
    ...list('wrong', wrong),
    ...list('doubled outside the window', doubled),
    ...list('never came, inside the window', uncertain),
    lastLine(outcome),
  ].join('\n')
}

/** What did not come to its end is lost, whoever waits for it. */
export function lastLine({ lost, left, wrong, doubled, inside, tally }: Outcome): string {
  return `lost ${lost.length + left.length} · wrong ${wrong.length} · doubled outside the window ${doubled.length} · inside ${inside} · kills ${sum(tally.kills)}`
}

export function isSound({ lost, left, wrong, doubled }: Outcome): boolean {
  return lost.length + left.length + wrong.length + doubled.length === 0
}

function list(name: string, what: string[]): string[] {
  if (what.length === 0) return []
  const more = what.length > mostShown ? [`  … and ${what.length - mostShown} more`] : []
  return [`${name}:`, ...what.slice(0, mostShown).map((one) => `  ${one}`), ...more]
}

function counts(by: Record<string, number>): string {
  const named = Object.entries(by).map(([name, count]) => `${name} ${count}`)
  return named.length === 0 ? 'none' : `${sum(by)} (${named.join(', ')})`
}
