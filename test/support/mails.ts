import assert from 'node:assert/strict'
import type { World } from './world.ts'

export type Mail = { to: string; subject: string; text: string; messageId: string }

const toAdmin = /^admin@/

/** All mails to customers in the mailbox, oldest first, by the mailbox's own API. */
export async function mailsOf(url: string): Promise<Mail[]> {
  return (await allMails(url)).filter(({ to }) => !toAdmin.test(to))
}

/** What the admin was told of troubles. */
export async function adminMailsOf(url: string): Promise<Mail[]> {
  return (await allMails(url)).filter(({ to }) => toAdmin.test(to))
}

async function allMails(url: string): Promise<Mail[]> {
  const list = (await (await fetch(`${url}/api/v1/messages?limit=1000`)).json()) as { messages: { ID: string }[] }
  const mails = await Promise.all(
    list.messages.map(async ({ ID }) => {
      const mail = (await (await fetch(`${url}/api/v1/message/${ID}`)).json()) as {
        To: { Address: string }[]
        Subject: string
        Text: string
        MessageID: string
      }
      return {
        to: mail.To.map((to) => to.Address).join(),
        subject: mail.Subject,
        text: mail.Text,
        messageId: mail.MessageID,
      }
    }),
  )
  return mails.toReversed()
}

/**
 * Exactly one mail to each of them that says this. One that came twice must be the same message, and its notice must say
 * that it met the window that SMTP leaves open (RULES section 7); how many did is returned.
 */
export async function assertTold(
  world: World,
  { to, says }: { to: string[]; says: string },
): Promise<{ doubled: number }> {
  const mails = (await mailsOf(world.mailbox.url)).filter((mail) => mail.text.includes(says))
  let doubled = 0
  for (const address of to) {
    const own = mails.filter((mail) => mail.to === address)
    assert.ok(own.length > 0, `nothing that says "${says}" came to ${address}`)
    assert.equal(
      new Set(own.map((mail) => mail.messageId)).size,
      1,
      `${address} was told "${says}" in two different mails`,
    )
    if (own.length === 1) continue
    const metWindow = await world.metWindow(own[0]?.messageId ?? '')
    assert.ok(metWindow, `${address} was told "${says}" ${own.length} times, and the notice knows of no window`)
    doubled += own.length - 1
  }
  const others = mails.filter((mail) => !to.includes(mail.to)).map((mail) => mail.to)
  assert.deepEqual(others, [], `"${says}" also went to people whom it doesn't concern`)
  return { doubled }
}
