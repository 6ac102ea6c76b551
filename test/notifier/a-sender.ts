import type { Handed } from '#notifier/handed.ts'
import type { Mailer } from '#notifier/mailer.ts'
import type { Pauses } from '#notifier/pauses.ts'
import { startSender } from '#notifier/sender.ts'
import type { TestContext } from './a-context.ts'
import { makeTestSupplier } from './a-context.ts'
import { putOrders } from './a-desk.ts'

/** Orders of a supplier of this name, each with a notice that is due. */
export async function withNotices(world: TestContext, name: string, count = 1): Promise<string[]> {
  const supplier = await makeTestSupplier(world, name)
  const read = (delivery: string) => supplier.read([{ code: 'I0', title: 'Thing', cells: { delivery } }])
  await read('1. 3. 2030')
  const numbers = await putOrders(world, { supplier: name, count })
  await read('1. 4. 2030')
  const ids = numbers.map((number) => `${number}/1`)
  const found = await Promise.all(ids.map((id) => world.store.notices.get(id)))
  await world.store.notices.pass(found.filter((notice) => notice !== null))
  return ids
}

/** A mail server of a test's own, which is asked for a connection, and hands over by it. */
export function playMailer({ open, close = () => {} }: { open: Mailer['open']; close?: () => void }): Mailer {
  return { compose: async () => new Uint8Array([1]), open, close }
}

export function lineBy(hand: () => Promise<Handed>) {
  return { hand, giveBack: () => {} }
}

const render = () => ({ subject: 'x', html: '<p>x</p>', text: 'x' })

type Starting = { mailer: Mailer; connections?: number; pauses?: Partial<Pauses>; letGoAfterMs?: number }

/** Sends by the real clock what is due, as the notifier does. */
export function startTestSender({ context }: TestContext, { mailer, connections = 1, pauses, ...more }: Starting) {
  const sending = { mailer, render, from: 'shop@example.com', renewEveryMs: 500 }
  const real = { ...context, pauses: { ...context.pauses, ...pauses }, now: () => new Date() }
  return startSender(real, { sending, connections, ...more })
}
