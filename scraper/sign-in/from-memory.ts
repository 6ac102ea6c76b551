import type { BrowserContext, Page } from 'playwright-core'
import type { SessionState, Visit } from '#scraper/robot.ts'
import { atPage } from '#scraper/sources/open-page.ts'
import { tryAgain } from '#scraper/sources/try-again.ts'
import { judgeSession } from './judge-form.ts'
import { listenAround } from './listen-around.ts'
import { openAndJudge } from './open.ts'
import { failureOf } from './outcome.ts'
import { selectorsOf } from './selectors.ts'
import type { FormSignIn } from './sign-in.ts'
import { onPage } from './sign-in.ts'

type Remembered = { tab: Page; signIn: FormSignIn; path: string }

/** Goes on with the session of the run before, if there is one and it proves itself; else nothing is left of it. */
export async function signInFromMemory(visit: Visit, { tab, signIn, path }: Remembered): Promise<boolean> {
  const state = signIn.remember ? await visit.session.load() : null
  if (state === null) return false
  return visit.step('sign in: try the remembered session', async () => {
    if ((await restore(visit.context, state)) && (await proves(visit, { tab, signIn, path }))) return true
    await visit.session.drop()
    await tab.evaluate(() => sessionStorage.clear()).catch(() => {}) // A page without an origin has none.
    await visit.context.setStorageState(nothing)
    return false
  })
}

const nothing: SessionState = { cookies: [], origins: [] }

/** A state that another version of the browser wrote may not suit this one. */
async function restore(context: BrowserContext, state: SessionState): Promise<boolean> {
  return context.setStorageState(state).then(
    () => true,
    () => false,
  )
}

/** No credentials are in this, so a portal that is down or slow may be asked once more. */
async function proves(visit: Visit, { tab, signIn, path }: Remembered): Promise<boolean> {
  using _around = listenAround(tab, { visit, obstacles: signIn.obstacles })
  const look = () =>
    openAndJudge(tab, visit.address + path, {
      selectors: selectorsOf(signIn),
      obstacles: onPage(signIn.obstacles),
      judge: (seen, wire) => judgeSession(seen, wire, signIn),
      visit,
    })
  return await tryAgain(visit, () =>
    atPage(tab, async () => {
      const judged = await look()
      if (judged.kind === 'signed-in') return true
      if (judged.kind === 'lost') return false
      throw failureOf(judged)
    }),
  )
}
