import { z } from 'zod'
import { SignIn } from '#scraper/sign-in/sign-in.ts'
import { Source } from '#scraper/sources/source.ts'

/** A portal in data alone: how to sign in, and what to read then. */
export const Options = z.strictObject({ signIn: SignIn, source: Source })
export type Options = z.infer<typeof Options>
