import assert from 'node:assert/strict'
import type { TestContext } from './a-context.ts'
import type { makePost } from './a-post.ts'

/** The notifier dies after the mail server took the message, and before that was noted: nobody knows by the store. */
export async function killInWindow(
  { context, rewrite }: TestContext,
  post: Awaited<ReturnType<typeof makePost>>,
  id: string,
): Promise<void> {
  context.at = async (step) => {
    if (step === 'mail-accepted') throw new Error('killed')
  }
  await assert.rejects(post.send(id), /killed/)
  delete context.at
  await rewrite('notices', { _id: id }, { 'claim.until': new Date(0) })
}
