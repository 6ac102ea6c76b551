import type { FailureKind } from '#core/domain/messages.ts'
import type { FaultName } from '#infra/demo/portal/faults.ts'
import type { Outcome } from './play.ts'

/**
 * What is to come of a run under a mood. `failed` and `held` runs move nothing and mail nobody (P1). An accepted run is
 * either as if nothing were (`unmoved`), or what is odd of it is marked (`marked`), or the portal really says something
 * new (`news`).
 */
export type Expected =
  | { ends: FailureKind | 'held' }
  | { ends: 'accepted'; as: 'unmoved' | 'news' | 'marked'; unreadable?: number; absent?: number; unfit?: number }

const unmoved = { ends: 'accepted', as: 'unmoved' } as const
const news = { ends: 'accepted', as: 'news' } as const
const fails = (ends: FailureKind) => ({ ends }) as const
const held = { ends: 'held' } as const

/** The moods of the Czech portal, in the order of its registry; one that is missing here does not compile. */
export const expected: Partial<Record<FaultName, Expected>> = {
  // F1: whoever is not provably signed in reads nothing; a form that comes back after the submit is a refusal.
  'form-instead-of-table': fails('login-refused'),
  'form-mid-way': fails('incomplete'),
  'session-lost': fails('incomplete'),
  'session-lost-at-once': fails('login-refused'),
  'cookies-dropped': fails('incomplete'),
  'other-account': fails('changed'),
  'password-field': fails('changed'),
  // F2: a step that had no effect is told, and nothing was submitted.
  'submit-dead': fails('changed'),
  'submit-ignored': fails('login-refused'),
  'fields-renamed': fails('changed'),
  overlay: fails('changed'),
  // F3
  'login-refused': fails('login-refused'),
  'login-locked': fails('login-refused'),
  'password-expired': fails('login-refused'),
  // F4
  down: fails('down'),
  'friendly-unavailable': fails('down'),
  'down-mid-way': fails('down'),
  captcha: fails('blocked'),
  'captcha-after-submit': fails('blocked'),
  'captcha-mid-way': fails('blocked'),
  'too-many-requests': fails('blocked'),
  'too-many-mid-way': fails('blocked'),
  'too-many-once': fails('blocked'),
  forbidden: fails('blocked'),
  'waiting-room': fails('blocked'),
  'waiting-room-passes': unmoved,
  'maintenance-table': fails('changed'),
  'huge-page': fails('too-large'),
  // F5
  'late-table': unmoved,
  'late-rows': unmoved,
  'endless-spinner': fails('changed'),
  'late-answer': unmoved,
  'endless-answer': fails('slow'),
  slow: fails('slow'),
  'slow-drip': unmoved,
  // F6, F7, F8
  'error-once': unmoved,
  'error-mid-way': fails('down'),
  'connection-cut': fails('slow'),
  'empty-page': fails('incomplete'),
  'total-missing': fails('changed'),
  'total-wrong': fails('changed'),
  'total-moves': fails('changed'),
  'short-page': fails('incomplete'),
  'page-repeats': fails('incomplete'),
  'next-missing': unmoved,
  'empty-table': fails('incomplete'),
  'half-gone': held,
  // F10, F15
  'column-moved': unmoved,
  'column-renamed': fails('changed'),
  'column-added': unmoved,
  'column-gone': fails('changed'),
  'column-twin': fails('changed'),
  'headers-swapped': held,
  'cells-shifted': fails('incomplete'),
  'columns-disagree': unmoved,
  'cells-missing': fails('changed'),
  'heading-row': fails('incomplete'),
  'broken-encoding': fails('changed'),
  // F11
  // Four rows of two hundred: more than the share that may be unfit.
  'code-missing': fails('changed'),
  'order-random': fails('incomplete'),
  'duplicate-key': fails('incomplete'),
  'key-reused': { ends: 'accepted', as: 'marked' },
  'key-renamed': { ends: 'accepted', as: 'marked', absent: 4 },
  'key-gone': { ends: 'accepted', as: 'marked', absent: 4 },
  // F12 to F23: texts
  'locale-flipped': held,
  'impossible-dates': held,
  'all-shifted': held,
  'formatting-only': unmoved,
  noise: unmoved,
  'month-given': news,
  'quarter-given': news,
  'refined-within': news,
  'looks-like-date': { ends: 'accepted', as: 'marked', unreadable: 4 },
  'unreadable-some': { ends: 'accepted', as: 'marked', unreadable: 4 },
  'unreadable-all': held,
  'relative-texts': news,
  'sentinel-dates': { ends: 'accepted', as: 'marked', unreadable: 4 },
  'past-dates': { ends: 'accepted', as: 'marked' },
  'unknown-status': { ends: 'accepted', as: 'marked', unreadable: 4 },
}

/** What is wrong with an outcome, in words; none where it is as it should be. */
export function complaints(outcome: Outcome, wanted: Expected): string[] {
  const wrong: string[] = []
  const want = (isSo: boolean, words: string) => void (isSo || wrong.push(words))
  const { ends, mails, moved, submits, runs, evidence, unreadable, absent, unfit, afterwards } = outcome
  want(ends === wanted.ends, `it ended ${ends} (${outcome.words}), expected ${wanted.ends}`)
  want(submits <= runs, `credentials were submitted ${submits} times in ${runs} runs (P8)`)
  if (wanted.ends !== 'accepted') {
    want(evidence, 'there is no evidence')
    want(outcome.changes === 0, `${outcome.changes} items changed`)
  } else if (ends === 'accepted') {
    want(
      unreadable === (wanted.unreadable ?? 0),
      `${unreadable} items are unreadable, expected ${wanted.unreadable ?? 0}`,
    )
    want(absent === (wanted.absent ?? 0), `${absent} items are absent, expected ${wanted.absent ?? 0}`)
    want(unfit === (wanted.unfit ?? 0), `${unfit} rows are unfit, expected ${wanted.unfit ?? 0}`)
    if (wanted.as === 'unmoved') want(outcome.changes === 0, `${outcome.changes} items changed`)
  }
  const mayTell = wanted.ends === 'accepted' && wanted.as === 'news'
  want(mayTell || mails === 0, `${mails} mails went out (P1)`)
  const mayMove = wanted.ends === 'accepted' && wanted.as !== 'unmoved'
  want(mayMove || moved.length === 0, `${moved.join(', ')} moved`)
  want(afterwards === null || afterwards.ends === 'accepted', `the next run ended ${afterwards?.ends}`)
  want(afterwards === null || mayTell || afterwards.mails === 0, `the next run mailed ${afterwards?.mails}`)
  return wrong
}
