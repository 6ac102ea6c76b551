import type { Reading } from './definition-text.ts'
import { hasCode, hasForm } from './questions.ts'
import type { Line } from './source-text.ts'
import { key, object } from './source-text.ts'

export function signInLines(reading: Reading): Line[] {
  const { answers, get, marked } = reading
  const kind = answers['sign-in'] ?? 'none'
  if (!hasForm(answers)) return [`signIn: { kind: '${kind}' },`]
  return object('signIn', [
    "kind: 'form',",
    marked(`path: ${get('sign-in-path')},`, 'sign-in-path'),
    "// In the way where they are there: { name: 'cookies', shows: '#cookies', click: '#cookies .reject' }",
    'obstacles: [],',
    'steps: [',
    stepsOf(reading).flatMap((step) => ['{', step, '},']),
    '],',
    '// Shown to nobody else than whom is signed in: the account or company by its name.',
    ...object('signedIn', [
      marked(`selector: ${get('signed-in')},`, 'signed-in'),
      marked(`text: ${get('signed-in-text')},`, 'signed-in-text'),
    ]),
    "// How the portal says no: { means: 'locked', words: 'Your account is locked' }",
    'refused: [],',
  ])
}

/** What is filled in and sent, page by page. */
function stepsOf(reading: Reading): Line[][] {
  const { answers } = reading
  const name = { flag: 'username-field', credential: 'username' }
  const password = { flag: 'password-field', credential: 'password' }
  const isTwoStep = answers['sign-in']?.startsWith('two-step')
  const pages = isTwoStep ? [[name], [password]] : [[name, password]]
  if (hasCode(answers)) pages.push([{ flag: 'code-field', credential: 'totp' }])
  return pages.map((fields) => stepOf(fields, reading))
}

function stepOf(fields: { flag: string; credential: string }[], { answers, get, marked }: Reading): Line[] {
  const fill = fields.map(({ flag, credential }) => marked(`${key(answers[flag] ?? '')}: '${credential}',`, flag))
  return [...object('fill', fill), marked(`submit: ${get('submit')},`, 'submit')]
}
