import { wrongCommand } from '../kit-error.ts'
import type { Answers, Question } from './questions.ts'
import { problemOf, questions } from './questions.ts'

type Given = { flags: Answers; proposed: Answers }
type Answered = { answers: Answers; guessed: Set<string> }

/** Flags first; the rest is asked at a terminal, and elsewhere guessed or named as missing, all at once. */
export async function answerAll(given: Given): Promise<Answered> {
  demandRight(given.flags)
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY
  return isTerminal ? await askAll(given) : withoutAsking(given)
}

function demandRight(flags: Answers): void {
  const wrong = questions.flatMap((question) => {
    const answer = flags[question.flag]
    const problem = answer === undefined ? undefined : problemOf(question, answer)
    return problem === undefined ? [] : [`  --${question.flag} ${answer}: ${problem}`]
  })
  if (wrong.length > 0) throw wrongCommand(`new: these are wrong:\n${wrong.join('\n')}`)
}

function withoutAsking({ flags, proposed }: Given): Answered {
  const answers: Answers = {}
  const guessed = new Set<string>()
  const missing: string[] = []
  for (const question of questions.filter(({ when }) => when?.({ ...proposed, ...flags }) ?? true)) {
    const { flag, ask, guess, needed } = question
    const answer = flags[flag] ?? proposed[flag]
    if (answer === undefined && needed) missing.push(`  --${flag.padEnd(14)} ${ask}${choicesOf(question)}`)
    answers[flag] = answer ?? guess?.({ ...answers }) ?? ''
    // That nobody said when it is read, or that there is no EAN, needs no looking after.
    if (answer === undefined && !needed && !settled.has(flag)) guessed.add(flag)
  }
  if (missing.length === 0) return { answers, guessed }
  throw wrongCommand(`new: without a terminal nothing is asked, and these are missing:\n${missing.join('\n')}`)
}

const settled = new Set(['time-zone', 'schedule', 'ean', 'quantity', 'others', 'total'])

function choicesOf({ choices }: Question): string {
  return choices ? ` (${choices.map(({ value }) => value).join(', ')})` : ''
}

async function askAll({ flags, proposed }: Given): Promise<Answered> {
  const { ask } = await import('./ask.ts')
  const answers: Answers = {}
  for (const question of questions) {
    const { flag, when, guess } = question
    const given = flags[flag]
    if (given !== undefined) answers[flag] = given
    else if (when?.(answers) ?? true) answers[flag] = await ask(question, proposed[flag] ?? guess?.(answers))
  }
  return { answers, guessed: new Set() }
}
