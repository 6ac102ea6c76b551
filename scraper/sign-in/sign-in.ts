import { z } from 'zod'
import { Obstacle, Path, Selector } from '#scraper/step.ts'

/** A question in a window of the browser's own (`confirm`): one with these words is answered yes, any other no. */
export const DialogObstacle = z.strictObject({
  name: z.string().min(1),
  /** Looked for in what it says, case and spaces aside. */
  dialog: z.string().min(1),
  accept: z.literal(true),
})
export type DialogObstacle = z.infer<typeof DialogObstacle>

/** What may come in the way of a sign-in, on the page or over it. */
export const SignInObstacle = z.union([Obstacle, DialogObstacle], {
  error:
    'expected { name, shows, click } for something on the page, or { name, dialog, accept: true } for a window over it',
})
export type SignInObstacle = z.infer<typeof SignInObstacle>

/** Proof that we are signed in, and as whom: the element with the account's name, which nobody else is shown. */
export const SignedIn = z.strictObject({
  selector: Selector,
  /** The account's or company's name within the element's text. */
  text: z.string().min(1),
})
export type SignedIn = z.infer<typeof SignedIn>

/** Words of the page, or an element on it, by which an outcome is known; words are looked for case and spaces aside. */
export const Sign = z
  .strictObject({ selector: Selector.optional(), words: z.string().min(1).optional() })
  .refine(({ selector, words }) => selector !== undefined || words !== undefined, {
    error: 'expected a selector, words, or both',
  })
export type Sign = z.infer<typeof Sign>

export const refusals = ['wrong-password', 'wrong-code', 'locked', 'password-expired'] as const
export type Refusal = (typeof refusals)[number]

/** A sign of a refusal, with what it means. */
export const RefusedSign = z
  .strictObject({ selector: Selector.optional(), words: z.string().min(1).optional(), means: z.enum(refusals) })
  .refine(({ selector, words }) => selector !== undefined || words !== undefined, {
    error: 'expected a selector, words, or both',
  })
export type RefusedSign = z.infer<typeof RefusedSign>

/** One page of the form: what is filled in, and what sends it. */
export const FormStep = z.strictObject({
  /**
   * Selector of the field to the name of the credential that goes into it. `totp` stands for the six digits of the
   * moment, made from the secret in the credential of that name (RFC 6238).
   */
  fill: z.record(Selector, z.string()).refine((fill) => Object.keys(fill).length > 0, {
    error: 'expected at least one field',
  }),
  /** What is clicked to send it; left out where the page sends itself once its last field is filled. */
  submit: Selector.optional(),
})
export type FormStep = z.infer<typeof FormStep>

const Form = z.strictObject({
  kind: z.literal('form'),
  path: Path,
  obstacles: z.array(SignInObstacle).default([]),
  /** One for a plain form, more for a sign-in over several pages. */
  steps: z.array(FormStep).min(1).refine(fieldsDiffer, {
    error: 'the first field of a step must not stand in the step before: how to tell them apart?',
  }),
  signedIn: SignedIn,
  /** What the portal says when it refuses; the form shown once more is a refusal without any words. */
  refused: z.array(RefusedSign).default([]),
  /** What it says when it keeps everybody like us out for a while. */
  blocked: z.array(Sign).default([]),
  /** Keep the session between runs, encrypted, for as long as it proves itself (SCRAPER_SESSION_KEY). */
  remember: z.boolean().default(false),
})

/** How to sign in, and how each outcome looks. */
export const SignIn = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  /** HTTP basic: the credentials `username` and `password` go with each request to the portal's own origin. */
  z.strictObject({
    kind: z.literal('basic'),
    signedIn: SignedIn.optional(),
    obstacles: z.array(SignInObstacle).optional(),
  }),
  Form,
])
export type SignIn = z.infer<typeof SignIn>
export type FormSignIn = Extract<SignIn, { kind: 'form' }>
export type BasicSignIn = Extract<SignIn, { kind: 'basic' }>

/** Names of the credentials that a sign-in takes. */
export function credentialsOf(signIn: SignIn): string[] {
  if (signIn.kind === 'none') return []
  if (signIn.kind === 'basic') return ['username', 'password']
  return [...new Set(signIn.steps.flatMap(({ fill }) => Object.values(fill)))]
}

/** Those that are elements of the page, and are clicked away. */
export function onPage(obstacles: SignInObstacle[]): Obstacle[] {
  return obstacles.filter((one) => 'shows' in one)
}

export function fieldsOf(step: FormStep): string[] {
  return Object.keys(step.fill)
}

/** That a step went through is known by the next one's first field. */
function fieldsDiffer(steps: FormStep[]): boolean {
  return steps.every((step, i) => {
    const before = steps[i - 1]
    const [first] = fieldsOf(step)
    return before === undefined || first === undefined || !fieldsOf(before).includes(first)
  })
}
