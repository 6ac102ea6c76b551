import type { FormSignIn } from './sign-in.ts'
import { fieldsOf } from './sign-in.ts'

/** All that a judge must know of a page. */
export function selectorsOf({ steps, signedIn, refused, blocked }: FormSignIn): string[] {
  const signs = [...refused, ...blocked].flatMap(({ selector }) => selector ?? [])
  return [...new Set([signedIn.selector, ...steps.flatMap(fieldsOf), ...signs])]
}
