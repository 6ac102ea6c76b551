import type { LineNews, NewsKind } from '#core/domain/news.ts'
import type { Group, Mood, Outcome } from './language.ts'
import { outcomes } from './language.ts'

const moods: Record<NewsKind, Exclude<Mood, 'mixed'>> = {
  delayed: 'bad',
  earlier: 'good',
  refined: 'neutral',
  widened: 'neutral',
  dated: 'good',
  undated: 'bad',
  arrived: 'good',
  back: 'good',
  'sold-out': 'bad',
  discontinued: 'bad',
  overdue: 'bad',
  correction: 'correction',
}

/** The tone in which a mail opens: never glad where some of its news is bad. */
export function moodOf(news: LineNews[]): Mood {
  const found = new Set(news.map(moodOfLine))
  if (found.has('good') && found.has('bad')) return 'mixed'
  if (found.has('correction')) return found.size === 1 ? 'correction' : 'neutral'
  if (found.has('bad')) return 'bad'
  return found.has('good') ? 'good' : 'neutral'
}

/** Earlier than what the customer may never have seen is no good news: they may hold an earlier one still. */
function moodOfLine({ kind, told }: LineNews): Exclude<Mood, 'mixed'> {
  return kind === 'earlier' && told === null ? 'neutral' : moods[kind]
}

/** Whether the customer has to wait longer than was said. What is sold out or discontinued is no matter of waiting. */
export function tellsOfDelay(news: LineNews[]): boolean {
  return news.some(({ kind }) => kind === 'delayed' || kind === 'undated' || kind === 'overdue')
}

/** What the news comes to, each once, the nearest to delivery first. */
export function outcomesOf(news: LineNews[]): Outcome[] {
  const found = new Set(news.map(outcomeOf))
  return outcomes.filter((outcome) => found.has(outcome))
}

/** Which of the headlines for several lines fits all of them. */
export function groupOf(news: LineNews[]): Group {
  for (const kind of ['correction', 'overdue', 'back'] as const) {
    if (news.every((line) => line.kind === kind)) return kind
  }
  const [first = 'mixed', ...rest] = outcomesOf(news)
  if (rest.length === 0) return first
  // In the order of outcomes only discontinued comes after sold out.
  return first === 'sold-out' ? 'gone' : 'mixed'
}

function outcomeOf({ kind, now }: LineNews): Outcome {
  return kind === 'overdue' ? 'undated' : outcomeOfKind[now.kind]
}

const outcomeOfKind: Record<LineNews['now']['kind'], Outcome> = {
  'in-stock': 'arrived',
  expected: 'dated',
  'on-request': 'undated',
  'sold-out': 'sold-out',
  discontinued: 'discontinued',
}
