import type { Notice } from '#core/domain/notice.ts'
import type { Mail } from '#notifier/mailer.ts'
import { makeRounds } from '#notifier/rounds.ts'
import { sendNotice } from '#notifier/send-notices.ts'
import type { Sending } from '#notifier/sending.ts'
import { makeUnsubscribeLink } from '#notifier/unsubscribe-link.ts'
import { makeRenderer } from '#templates/render.ts'
import type { TestContext } from './a-context.ts'

/** A mail server that takes everything at once, and what it took; what is due is told by the test's own clock. */
export async function makePost({ context, store, clock }: TestContext, over: Partial<Sending> = {}) {
  const { render } = await makeRenderer({ name: 'Figurkov' })
  const mails: Mail[] = []
  let composed: Mail | undefined
  const line = {
    hand: async () => {
      if (composed !== undefined) mails.push(composed)
      return { kind: 'accepted' as const }
    },
    giveBack: () => {},
  }
  const mailer = {
    compose: async (mail: Mail) => {
      composed = mail
      return new Uint8Array([1])
    },
  }
  const meanwhile = { mayStillSend: true, beforeLine: async () => {} }
  const sending: Sending = {
    mailer,
    render,
    from: 'shop@example.com',
    renewEveryMs: 60_000,
    unsubscribeLink: makeUnsubscribeLink('https://shop.example/avizo/', await store.unsubscribe.tokens()),
    mayStillSend: async () => meanwhile.mayStillSend,
    inTurn: (begin) => begin(),
    waited: () => {},
    withLine: async (use) => {
      await meanwhile.beforeLine()
      return use(line)
    },
    ...over,
  }

  async function all(): Promise<Notice[]> {
    const numbers: string[] = []
    for await (const number of store.orders.allNumbers()) numbers.push(number)
    return [...(await store.notices.ofOrders(numbers)).values()].flat()
  }

  /** As if its wave had been judged: the limit of an hour is not what is tested by this. */
  async function send(id: string): Promise<void> {
    const notice = await store.notices.get(id)
    if (notice !== null) await store.notices.pass([notice])
    await sendNotice(context, { sending, rounds: makeRounds(context) }, id)
  }

  return {
    mails,
    /** What happens while a mail waits for its connection. */
    meanwhile,
    /** The newest notice of an order. */
    notice: async (order: string) => (await store.notices.ofOrder(order)).at(-1),
    /** Sends one notice, whether its time has come or not. */
    send,
    /** Sends what is due by now; gives the mails that went. */
    async sendDue(): Promise<Mail[]> {
      const before = mails.length
      const due = (await all()).filter(({ state, dueAt }) => state === 'due' && dueAt <= clock.now)
      for (const { id } of due) await send(id)
      return mails.slice(before)
    },
  }
}
