import type { FormSignIn } from './sign-in.ts'
import { credentialsOf } from './sign-in.ts'
import { codeOfTheMoment, parseTotp } from './totp.ts'

/** The name under which a definition asks for the code of the moment. */
export const totp = 'totp'

export type Values = (name: string) => Promise<string>

/** What goes into a field, by the name of its credential; that none is missing or misspelt is known before any submit. */
export function makeValues(
  credential: (name: string) => string,
  { signIn, signal }: { signIn: FormSignIn; signal: AbortSignal },
): Values {
  const values = new Map(credentialsOf(signIn).map((name) => [name, credential(name)]))
  const secret = values.get(totp)
  if (secret !== undefined) parseTotp(secret)
  return async (name) => (name === totp ? codeOfTheMoment({ secret: credential(totp), signal }) : credential(name))
}
