import { autocomplete, isCancel, select, text } from '@clack/prompts'
import { KitError } from '../kit-error.ts'
import type { Question } from './questions.ts'
import { problemOf } from './questions.ts'
import { schedules } from './schedules.ts'

/** One question at the terminal; Enter takes what is proposed. */
export async function ask(question: Question, proposed: string | undefined): Promise<string> {
  const { choices, flag } = question
  const other = flag === 'schedule' ? [{ value: 'other', label: 'other times, as five cron fields' }] : []
  if (!choices) return type(question, proposed)
  const isKnown = choices.some(({ value }) => value === proposed)
  const options = [...choices.map(({ value, label }) => ({ value, label })), ...other]
  // In a plain list letters move the mark: who types "sk" would choose another language.
  const pick = question.flag === 'language' ? autocomplete : select
  const chosen = await pick({ message: question.ask, options, ...(isKnown && { initialValue: proposed ?? '' }) })
  const answer = answered(chosen)
  return answer === 'other' ? type(question, schedules['workdays-3']?.cron) : answer
}

async function type(question: Question, proposed = ''): Promise<string> {
  const validate = (answer: string | undefined) => problemOf(question, answer ?? '')
  return answered(await text({ message: question.ask, initialValue: proposed, defaultValue: '', validate })).trim()
}

function answered(answer: string | symbol): string {
  if (isCancel(answer)) throw new KitError('Nothing was written.')
  return String(answer)
}
