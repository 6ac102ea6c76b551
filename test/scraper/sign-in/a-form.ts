import assert from 'node:assert/strict'
import type { OpenBrowser } from '#scraper/browser.ts'
import type { Play } from './a-portal.ts'
import { loginForm, servePortal } from './a-portal.ts'
import type { Tried } from './a-sign-in.ts'
import { plainForm, trySignIn } from './a-sign-in.ts'

export type Case = { play: Play; signIn?: object; limits?: object; submits: number }

/** For a case that waits until its time is up: the cover that nobody takes away. */
export const impatient = { pageSeconds: 3 }

/** One sign-in at a portal that plays so; how often it was submitted is counted there. */
export async function playOnce(open: OpenBrowser, { play, signIn = {}, limits = {}, submits }: Case): Promise<Tried> {
  await using portal = await servePortal(play)
  const tried = await trySignIn({ open, address: portal.url, signIn: plainForm(signIn), limits })
  assert.equal(portal.submits.length, submits, `submitted ${portal.submits.length} times; ${tried.failure?.message}`)
  assert.doesNotMatch(JSON.stringify(tried), /tajne-heslo/, 'the password is told nobody')
  return tried
}

/** A form that answers what it is sent with something. */
export function answering(answer: ReturnType<Play>, login: ReturnType<Play> = loginForm): Play {
  return ({ method }) => (method === 'POST' ? answer : login)
}

export const stepsOfTwo = [
  { fill: { '#user': 'username' }, submit: '#send' },
  { fill: { '#pass': 'password' }, submit: '#send' },
]
