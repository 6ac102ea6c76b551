import type { Context } from './context.ts'

/** The mail server alone knows what no process ever will: a person asks it. */
export async function askWhetherSent(
  { incidents }: Pick<Context, 'incidents'>,
  id: string,
  why: string,
): Promise<void> {
  await incidents.open({
    kind: 'window',
    subject: id,
    words: `nobody knows whether it was sent, and it counts as sent: ${why}`,
    hint: `Ask the mail server whether it took the message. If not: npm run avizo -- resend ${id}; if it did: npm run avizo -- incidents close window ${id}`,
  })
}
