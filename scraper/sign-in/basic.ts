import type { APIResponse, Page } from 'playwright-core'
import { errors } from 'playwright-core'
import { PortalChanged, PortalDown, PortalSlow } from '#scraper/failure.ts'
import type { Visit } from '#scraper/robot.ts'
import { atPage, pathOf } from '#scraper/sources/open-page.ts'
import { tryAgain } from '#scraper/sources/try-again.ts'
import type { Answer } from './judge-basic.ts'
import { judgeAnswer, judgeAsking, judgeBasicPage } from './judge-basic.ts'
import { openAndJudge } from './open.ts'
import { failureOf } from './outcome.ts'
import { listenAround } from './listen-around.ts'
import type { BasicSignIn } from './sign-in.ts'
import { onPage } from './sign-in.ts'

type Basic = { tab: Page; signIn: BasicSignIn; path: string }

/**
 * The credentials are tried by one request outside of the browser, which would send them again with every picture and
 * script of the page that refuses them; only once they are good, the browser gets them, for the portal's own origin.
 */
export async function signInByBasic(visit: Visit, { tab, signIn, path }: Basic): Promise<void> {
  const { origin } = new URL(visit.address)
  const asking = await visit.step('sign in: ask without credentials', () => askedFor(visit, path))
  const credential = await visit.credentials()
  const pair = { username: credential('username'), password: credential('password') }
  await visit.step('sign in: submit the credentials', async () => {
    visit.signal.throwIfAborted()
    const authorization = `Basic ${Buffer.from(`${pair.username}:${pair.password}`).toString('base64')}`
    const judged = judgeAnswer(await get(visit, asking, { authorization }))
    if (judged.kind !== 'ready') throw failureOf(judged)
    await visit.context.setHTTPCredentials({ ...pair, origin })
  })
  await visit.step(`sign in: open ${path}`, () => atPage(tab, () => openPage(visit, { tab, signIn, path })))
}

/** The address that asks for the credentials, past redirections within the portal. */
function askedFor(visit: Visit, path: string): Promise<string> {
  const { origin } = new URL(visit.address)
  return tryAgain(visit, async () => {
    const { url, ...answer } = await get(visit, visit.address + path, {})
    if (new URL(url).origin !== origin)
      throw new PortalChanged(`${path} leads away to ${new URL(url).origin}; credentials are for ${origin} alone`)
    const judged = judgeAsking(answer)
    if (judged.kind !== 'ready') throw failureOf(judged)
    return url
  })
}

async function openPage(visit: Visit, { tab, signIn, path }: Basic): Promise<void> {
  const { signedIn, obstacles = [] } = signIn
  using _around = listenAround(tab, { visit, obstacles })
  const judged = await openAndJudge(tab, visit.address + path, {
    selectors: signedIn ? [signedIn.selector] : [],
    obstacles: onPage(obstacles),
    judge: (seen, wire) => judgeBasicPage(seen, wire, signedIn),
    visit,
  })
  if (judged.kind !== 'signed-in') throw failureOf(judged)
}

/** Credentials follow no redirection: who knows where it leads. */
async function get(visit: Visit, url: string, headers: Record<string, string>): Promise<Answer & { url: string }> {
  const timeout = visit.limits.pageSeconds * 1000
  const follow = 'authorization' in headers ? { maxRedirects: 0 } : {}
  try {
    return await answerOf(await visit.context.request.get(url, { headers, timeout, ...follow }))
  } catch (error) {
    // Its further lines hold the headers that were sent.
    if (error instanceof errors.TimeoutError) throw new PortalSlow(`${pathOf(url)} was not there within pageSeconds`)
    throw new PortalDown(`${pathOf(url)}: ${error instanceof Error ? error.message.split('\n')[0] : 'no answer'}`)
  }
}

async function answerOf(response: APIResponse): Promise<Answer & { url: string }> {
  const body = await response.text().catch(() => '')
  const words = body.slice(0, 20_000).replaceAll(/<(script|style)[\s\S]*?<\/\1>|<[^>]*>/gi, ' ')
  const asksForBasic = /(^|,)\s*basic\b/i.test(response.headers()['www-authenticate'] ?? '')
  const url = response.url()
  return { status: response.status(), url, path: pathOf(url), words, asksForBasic }
}
