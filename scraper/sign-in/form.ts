import type { Page } from 'playwright-core'
import type { Visit } from '#scraper/robot.ts'
import { atPage } from '#scraper/sources/open-page.ts'
import { tryAgain } from '#scraper/sources/try-again.ts'
import { judgeForm } from './judge-form.ts'
import { listenAround } from './listen-around.ts'
import { openAndJudge } from './open.ts'
import { failureOf } from './outcome.ts'
import { selectorsOf } from './selectors.ts'
import type { FormSignIn } from './sign-in.ts'
import { onPage } from './sign-in.ts'
import { submitStep } from './submit-step.ts'
import { makeValues } from './values.ts'

type Form = { tab: Page; signIn: FormSignIn }

/** Opens the form, and submits each of its pages once; nothing that follows the first submit is ever tried again. */
export async function signInByForm(visit: Visit, { tab, signIn }: Form): Promise<void> {
  using around = listenAround(tab, { visit, obstacles: signIn.obstacles })
  // On a connection that was used before, Chromium repeats a submit by itself where the portal hangs up on it (P8).
  await tab.setExtraHTTPHeaders({ connection: 'close' })
  await visit.step(`sign in: open the form at ${signIn.path}`, () => openForm(visit, { tab, signIn }))
  const valueOf = makeValues(await visit.credentials(), { signIn, signal: visit.signal })
  const count = signIn.steps.length
  for (const step of signIn.steps.keys()) {
    const submit = () => atPage(tab, () => submitStep(visit, { tab, signIn, step, valueOf, around }))
    const outcome = await visit.step(`sign in: submit page ${step + 1} of ${count}`, submit)
    if (outcome.kind === 'signed-in') return await tab.setExtraHTTPHeaders({})
  }
}

/** Nothing was submitted yet, so a portal that is down or slow may be asked once more. */
function openForm(visit: Visit, { tab, signIn }: Form): Promise<void> {
  const look = () =>
    openAndJudge(tab, visit.address + signIn.path, {
      selectors: selectorsOf(signIn),
      obstacles: onPage(signIn.obstacles),
      judge: (seen, wire) => judgeForm(seen, wire, signIn),
      visit,
    })
  return tryAgain(visit, () =>
    atPage(tab, async () => {
      const judged = await look()
      if (judged.kind !== 'ready') throw failureOf(judged)
    }),
  )
}
