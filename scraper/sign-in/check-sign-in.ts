import { z } from 'zod'
import { credentialsOf, SignIn } from './sign-in.ts'
import { totp } from './values.ts'

type Checked = { credentials: string[]; confirm: string; confirmAfterSeconds: number; options: unknown }
type Problem = { path: string[]; message: string }

/** A code of RFC 6238 is good for 30 seconds, and once. */
const codeSeconds = 31

/** What does not fit together between a definition and its sign-in, where the platform's options describe one. */
export function signInProblems({ credentials, confirm, confirmAfterSeconds, options }: Checked): Problem[] {
  const described = z.object({ signIn: SignIn }).safeParse(options)
  if (!described.success) return [] // The platform says what is wrong with its options.
  const needed = credentialsOf(described.data.signIn)
  const problems = needed
    .filter((name) => !credentials.includes(name))
    .map((name) => ({
      path: ['options', 'signIn'],
      message: `fills in the credential "${name}", which "credentials" does not list (${credentials.join(', ')})`,
    }))
  if (!needed.includes(totp) || confirm === 'none' || confirmAfterSeconds >= codeSeconds) return problems
  const message = `expected at least ${codeSeconds}: the confirming run must not meet the first one's one-time code`
  return [...problems, { path: ['confirmAfterSeconds'], message }]
}
