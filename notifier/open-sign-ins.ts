import { failureKinds, type FailureKind } from '#core/domain/messages.ts'
import type { Run } from '#core/store/runs.ts'
import type { Supplier } from '#core/store/suppliers.ts'
import type { Context } from './context.ts'

/**
 * Whether a run that submitted credentials and ended so leaves nobody knowing what the portal makes of them. One that
 * met a portal that is down, slow or keeps us out does know: it was not about the credentials. It says nothing of them
 * either, so it neither counts in a row nor ends one.
 */
const leavesOpen: Record<FailureKind, boolean> = {
  interrupted: true,
  changed: true,
  incomplete: true,
  'too-large': true,
  defect: true,
  down: false,
  slow: false,
  blocked: false,
  'login-refused': false,
  'not-started': true,
}
const open = failureKinds.filter((kind) => leavesOpen[kind])

/** A page that nobody knows, in place of an answer, may be a refusal in words that nobody knows: once is enough. */
const mayRefuse: FailureKind = 'changed'
const unknownWords =
  'the sign-in met a page that the definition does not know, which may be a refusal: look at it, then resume'

/** P8: why the supplier must wait for a person, now that this run ends so; null where it need not. */
export async function whyPause(
  context: Context,
  run: Run,
  failure: { kind: FailureKind; words: string },
): Promise<string | null> {
  if (failure.kind === 'login-refused') return `the portal refused the sign-in (${failure.words})`
  if (run.step !== 'signing-in' || run.number === undefined || !leavesOpen[failure.kind]) return null
  if (failure.kind === mayRefuse) return `${unknownWords} (${failure.words})`
  const supplier = await context.store.suppliers.get(run.supplier)
  const after = supplier?.resumed?.number ?? 0
  const [before] = await context.store.runs.signIns(run.supplier, { before: run.number, after, open })
  return isLeftOpen(before) ? rowWords(before.failure, failure.kind) : null
}

/** The same of what is stored: the last look before credentials may be submitted again. */
export async function whyNotAgain({ store }: Context, supplier: Supplier): Promise<string | null> {
  const after = supplier.resumed?.number ?? 0
  const [last, before] = await store.runs.signIns(supplier.id, { after, open })
  if (isLeftOpen(last) && last.failure === mayRefuse) return unknownWords
  return isLeftOpen(last) && isLeftOpen(before) ? rowWords(before.failure, last.failure) : null
}

/** Such a sign-in was submitted and never answered. */
function isLeftOpen(run: Run | undefined): run is Run & { failure: FailureKind } {
  return run?.step === 'signing-in' && run.failure !== undefined
}

function rowWords(first: FailureKind, second: FailureKind): string {
  return `two runs in a row submitted the sign-in and did not get past it (${first}, then ${second})`
}
