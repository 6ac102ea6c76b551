import { copyFileSync, globSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { run } from '../../setup/run.ts'
import type { Programs } from './programs.ts'

/** A mail's score, and what each rule that hit adds to it. */
export type Score = { score: number; rules: { name: string; score: number }[] }
type Given = { programs: Programs; folder: string; signal: AbortSignal }

/** Where Debian keeps which plugins are loaded: without them no rule runs. */
const plugins = '/etc/spamassassin/*.pre'
const shippedRules = '/usr/share/spamassassin'

/**
 * Ours alone: no learning, and no praise for a mail that came over loopback only. One line a mail, with the rules' own
 * scores and the mail's Message-ID.
 */
const local = `
score ALL_TRUSTED 0
score NO_RELAYS 0
use_bayes 0
use_auto_welcomelist 0
report_safe 0
fold_headers 0
clear_headers
add_header all Proof score=_SCORE_ rules=_TESTSSCORES(,)_ of=_HEADER(Message-ID)_
`

/** By Message-ID what SpamAssassin thinks of the files, by the rules that it is shipped with, and no network. */
export async function scoreMails(files: string[], { programs, folder, signal }: Given): Promise<Map<string, Score>> {
  const home = join(folder, 'spamassassin')
  mkdirSync(join(home, 'site'), { recursive: true })
  for (const file of globSync(plugins)) copyFileSync(file, join(home, 'site', basename(file)))
  writeFileSync(join(home, 'site', 'local.cf'), local)
  writeFileSync(join(home, 'prefs'), '')
  const places = [`--siteconfigpath=${home}/site`, `--prefspath=${home}/prefs`, `--configpath=${shippedRules}`]
  const scores = new Map<string, Score>()
  await run(programs.spamassassin, ['--local', '--test-mode', ...places, ...files], {
    env: { PATH: process.env['PATH'], HOME: home, LC_ALL: 'C' },
    signal,
    onLine(line) {
      const read = readScore(line)
      if (read) scores.set(read.messageId, read.score)
    },
  })
  return scores
}

/** `X-Spam-Proof: score=0.7 rules=A=0.7,B=0.001 of=<id>`; a mail without any hit has the rules `none`. */
export function readScore(line: string): { messageId: string; score: Score } | null {
  const [, score, rules, messageId] = /^X-Spam-Proof: score=(\S+) rules=(\S+) of=(<\S+>)/.exec(line) ?? []
  if (score === undefined || rules === undefined || messageId === undefined) return null
  return { messageId, score: { score: Number(score), rules: rules.split(',').flatMap(readRule) } }
}

function readRule(text: string): Score['rules'] {
  const [, name, score] = /^(\w+)=(-?[\d.]+)$/.exec(text) ?? []
  if (name !== undefined && score !== undefined) return [{ name, score: Number(score) }]
  if (text === 'none') return []
  throw new Error(`SpamAssassin names a rule in a way that is not known: "${text}"`)
}
