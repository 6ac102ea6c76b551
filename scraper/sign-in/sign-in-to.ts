import type { Page } from 'playwright-core'
import type { Proof } from '#core/domain/messages.ts'
import type { Visit } from '#scraper/robot.ts'
import { limitLoads } from '#scraper/sources/loads.ts'
import { pathOf } from '#scraper/sources/open-page.ts'
import { signInByBasic } from './basic.ts'
import { signInByForm } from './form.ts'
import { signInFromMemory } from './from-memory.ts'
import type { FormSignIn, SignIn } from './sign-in.ts'

/** `path` is where reading will begin: the page on which a remembered session must prove itself. */
export type SignInWish = { tab: Page; signIn: SignIn; path: string }

/** Signs in as the description says, or says by its failure what the portal made of it. */
export async function signInTo(visit: Visit, { tab, signIn, path }: SignInWish): Promise<Proof[]> {
  if (signIn.kind !== 'none') await limitLoads(tab, visit.limits.pageMegabytes)
  switch (signIn.kind) {
    case 'none':
      return [proof('nobody needs to sign in to this portal')]
    case 'basic':
      await signInByBasic(visit, { tab, signIn, path })
      await visit.signedIn()
      return [proof(signIn.signedIn ? shown(tab, signIn.signedIn.text) : `${path} is shown to our credentials alone`)]
    case 'form':
      return [proof(await signInWithForm(visit, { tab, signIn, path }))]
    default:
      return signIn satisfies never
  }
}

async function signInWithForm(visit: Visit, given: { tab: Page; signIn: FormSignIn; path: string }): Promise<string> {
  const { tab, signIn } = given
  const isRemembered = await signInFromMemory(visit, given)
  if (!isRemembered) await signInByForm(visit, { tab, signIn })
  await visit.signedIn()
  if (signIn.remember) await visit.session.save(await visit.context.storageState())
  return `${shown(tab, signIn.signedIn.text)}${isRemembered ? ', in the session of an earlier run' : ''}`
}

function shown(tab: Page, account: string): string {
  return `"${account}" is shown at ${pathOf(tab.url())}, without a password field`
}

function proof(said: string): Proof {
  return { what: 'signed in', said }
}
