import { setTimeout as wait } from 'node:timers/promises'
import type { Locator, Page } from 'playwright-core'
import { clearObstacles } from '#scraper/do-steps.ts'
import { click, isShown, theOne } from '#scraper/elements.ts'
import { PortalChanged } from '#scraper/failure.ts'
import type { Visit } from '#scraper/robot.ts'
import type { Traffic } from '#scraper/traffic.ts'
import { watchTraffic } from '#scraper/traffic.ts'
import { judgeBeforeSubmit } from './judge-form.ts'
import { judgeSubmit } from './judge-submit.ts'
import type { Around } from './listen-around.ts'
import type { Seen } from './look-at.ts'
import { lookAt } from './look-at.ts'
import { judgeWhenClear } from './open.ts'
import { failureOf } from './outcome.ts'
import { selectorsOf } from './selectors.ts'
import type { FormSignIn, FormStep } from './sign-in.ts'
import { onPage } from './sign-in.ts'
import type { Values } from './values.ts'

type Submitting = { tab: Page; signIn: FormSignIn; step: number; valueOf: Values; around: Around }
export type StepOutcome = { kind: 'signed-in' } | { kind: 'next' }

/** Fills one page of the form, sends it, once, and says what came of it. */
export async function submitStep(visit: Visit, submitting: Submitting): Promise<StepOutcome> {
  const { tab, signIn, step, around } = submitting
  using traffic = watchTraffic(tab)
  around.forgetDialogs()
  const sent = await fillAndSend(visit, submitting, traffic)
  const judged = await judgeWhenClear(tab, {
    selectors: selectorsOf(signIn),
    obstacles: onPage(signIn.obstacles),
    visit,
    traffic,
    judge(seen, wire) {
      const requests = around.hasSocket() ? null : traffic.begun() - sent.requests
      const loads = traffic.loads() - sent.loads
      const told = { ...seen, words: [...around.dialogs(), seen.words].join(' ') }
      return judgeSubmit(told, wire, { signIn, step, before: sent.before, requests, loads })
    },
  })
  if (judged.kind === 'signed-in' || judged.kind === 'next') return judged
  throw failureOf(judged)
}

/** How things stood at the last moment before the submit. */
type Sent = { before: Seen; requests: number; loads: number }

async function fillAndSend(visit: Visit, submitting: Submitting, traffic: Traffic): Promise<Sent> {
  const { tab, signIn, step } = submitting
  const stand = async (): Promise<Sent> => {
    const before = await lookAt(tab, selectorsOf(signIn))
    const kept = judgeBeforeSubmit(before, signIn)
    if (kept) throw failureOf(kept)
    return { before, requests: traffic.begun(), loads: traffic.loads() }
  }
  const unfilled = await stand()
  const { fill, submit } = signIn.steps[step] as FormStep
  const entries = Object.entries(fill)
  try {
    for (const [i, [selector, name]] of entries.entries()) {
      const isSentByItself = submit === undefined && i === entries.length - 1
      await fillField(visit, submitting, { selector, name, isSentByItself })
    }
  } catch (error) {
    if (traffic.navigations() === 0) throw error
  }
  // A page that was not said to send itself, and does: a click now would be a second submit.
  if (submit === undefined || traffic.navigations() > 0) return unfilled
  const ready = async () => ({ button: await clickable(visit, { tab, signIn, submit }), filled: await stand() })
  let { button, filled } = await ready()
  // What came while we looked would take the click.
  for (let more = 3; more > 0 && (await isInTheWay(tab, signIn)); more--) ({ button, filled } = await ready())
  if (traffic.navigations() > 0) return unfilled
  visit.signal.throwIfAborted()
  await click(button, submit, { timeout: visit.limits.pageSeconds * 1000 })
  traffic.stir()
  return filled
}

async function isInTheWay(tab: Page, { obstacles }: FormSignIn): Promise<boolean> {
  for (const { shows } of onPage(obstacles)) if (await isShown(tab, shows)) return true
  return false
}

type Field = { selector: string; name: string; isSentByItself: boolean }

/** Filled is what the field holds then, not that it was asked to. */
async function fillField(visit: Visit, { tab, signIn, valueOf }: Submitting, field: Field): Promise<void> {
  const { selector, name, isSentByItself } = field
  const value = await valueOf(name)
  await clearObstacles(tab, onPage(signIn.obstacles), visit)
  const input = await theOne(tab, selector, visit)
  visit.signal.throwIfAborted()
  await input.fill(value)
  if (isSentByItself || (await input.inputValue()) === value) return
  throw new PortalChanged(`the field ${selector} does not take what is filled in`)
}

const onceMs = 1_000

/** The button, once nothing lies over it; what is known to come in the way is cleared, however late it comes. */
async function clickable(
  visit: Visit,
  { tab, signIn, submit }: { tab: Page; signIn: FormSignIn; submit: string },
): Promise<Locator> {
  const end = performance.now() + visit.limits.pageSeconds * 1000
  for (;;) {
    visit.signal.throwIfAborted()
    await clearObstacles(tab, onPage(signIn.obstacles), visit)
    const button = await theOne(tab, submit, visit)
    try {
      await click(button, submit, { timeout: onceMs, trial: true })
      return button
    } catch (error) {
      if (performance.now() > end) throw error
    }
    await wait(50)
  }
}
