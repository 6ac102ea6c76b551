import type { Observation, Proof } from '#core/domain/messages.ts'
import type { Column } from '#core/domain/supplier.ts'
import type { Saved, Visit } from '#scraper/robot.ts'
import { definePlatform } from '#scraper/robot.ts'
import { signInTo } from '#scraper/sign-in/sign-in-to.ts'
import { readSaved, readSource } from '#scraper/sources/read-source.ts'
import { Options } from './options.ts'

/** Any portal that its definition can describe: no code of its own. */
export const described = definePlatform({
  name: 'described',
  options: Options,
  read: readDescribed,
  readSaved: readSavedDescribed,
})

/** Signs in and reads, as the description says. */
export async function readDescribed(visit: Visit, { signIn, source }: Options): Promise<Proof[]> {
  const tab = await visit.context.newPage()
  const signedIn = await signInTo(visit, { tab, signIn, path: source.path })
  return [...signedIn, ...(await readSource(visit, { tab, source, signIn }))]
}

export async function readSavedDescribed(
  saved: Saved,
  { options, columns }: { options: Options; columns: Column[] },
): Promise<Observation[]> {
  return readSaved(saved, { source: options.source, columns })
}
