import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { Gates } from '#core/domain/supplier.ts'
import { mailsOf } from '#test/support/mails.ts'
import { until } from '#test/support/until.ts'
import { item, makeWorld, order, supplier, type World } from '#test/support/world.ts'

const pauses = { refusedMs: 300, windowSeconds: 2, awayMs: 300, restMs: 100 }
let world: World
before(async () => {
  world = await makeWorld()
  // Nobody dies here, so no lease needs to end; and what rests after trouble need not rest for long.
  Object.assign(world.env, { LEASE_SECONDS: '10', PAUSES: JSON.stringify(pauses) })
  await Promise.all([world.startNotifier(), world.startNotifier()])
  // Thirty of all items move at once below: what gates make of that is not asked here.
  const wide = { share: 1, floor: 1000 }
  await world.declare({ gates: Gates.parse({ itemsChanged: wide, sameShift: wide, customers: wide }) })
  const codes = ['AB', 'BA', 'CL', 'GO', 'NO', 'TE', 'FO', 'DR', 'DA', 'MV', 'AR', 'EA', 'MU']
  world.shelf.observations = [...codes.map((code) => item(code, '1. 3. 2030')), ...many('X', 30)]
  world.shelf.partSize = 20
  await world.run()
})
after(async () => world[Symbol.asyncDispose]())
beforeEach(async () => {
  world.mailbox.keep.remove([])
  world.mailbox.faultSwitch.set({ fault: null, seconds: 0 })
  await world.store.shopSettings.setSendingMode('live')
})

test('P6: A, B and A again before B was told sends nothing', async () => {
  await put('ab', 'AB')
  await world.store.shopSettings.setSendingMode('hold')
  await move('AB', '1. 4. 2030')
  assert.equal((await world.store.notices.ofOrder('ab')).at(-1)?.state, 'due')
  await move('AB', '1. 3. 2030')
  await world.store.shopSettings.setSendingMode('live')
  await world.settled()
  assert.deepEqual(await mails('ab'), [])
  assert.equal((await world.store.notices.ofOrder('ab')).at(-1)?.state, 'superseded')
})

test('P6: back at A after B was told sends one correction', async () => {
  await put('ba', 'BA')
  await move('BA', '1. 4. 2030')
  await world.settled()
  await move('BA', '1. 3. 2030')
  await world.settled()
  const sent = await world.store.notices.ofOrder('ba')
  assert.deepEqual(
    sent.map((notice) => [notice.state, notice.news[0]?.kind]),
    [
      ['sent', 'delayed'],
      ['sent', 'correction'],
    ],
  )
  assert.equal((await mails('ba')).length, 2)
  assert.equal(new Set((await mails('ba')).map((mail) => mail.messageId)).size, 2)
})

test('P10: what was cancelled or moved while a notice waited is not told', async () => {
  await put('cl', 'CL')
  await put('go', 'GO')
  await world.store.shopSettings.setSendingMode('hold')
  await move('CL', '1. 4. 2030')
  await move('GO', '1. 4. 2030')
  await move('GO', '1. 6. 2030')
  await world.putOrder(order('cl', ['CL'], { lines: [{ ...line('CL'), status: 'cancelled' }] }))
  await world.looked('cl')
  await world.store.shopSettings.setSendingMode('live')
  await world.settled()
  assert.deepEqual(await mails('cl'), [])
  const [mail, ...more] = await mails('go')
  assert.deepEqual(more, [])
  assert.match(mail?.text ?? '', /1\. června 2030/)
  assert.doesNotMatch(mail?.text ?? '', /dubna/)
})

test('a mail server that is away loses nothing, counts as no try, and is one incident that closes', async () => {
  await put('no', 'NO')
  world.mailbox.faultSwitch.set({ fault: 'drop', times: 2, seconds: 0 })
  await move('NO', '1. 4. 2030')
  await world.settled(120)
  assert.equal((await mails('no')).length, 1)
  const notice = (await world.store.notices.ofOrder('no')).at(-1)
  assert.deepEqual([notice?.state, notice?.tries, notice?.window], ['sent', [], undefined])
  await until(
    'the incident to close',
    async () => !(await world.store.incidents.openOnes()).some(({ kind }) => kind === 'mail-server'),
  )
})

test('451: told stays, and the notice is due again with backoff', async () => {
  await put('te', 'TE')
  world.mailbox.faultSwitch.set({ fault: 'refuse', seconds: 0 })
  await move('TE', '1. 4. 2030')
  const { tries, dueAt } = await until('the second refused try', async () =>
    (await world.store.notices.ofOrder('te')).find((one) => one.tries.length > 1),
  )
  assert.ok(tries.every(({ outcome }) => outcome === 'refused'))
  const pause = dueAt.getTime() - (tries.at(-1)?.at.getTime() ?? 0)
  assert.equal(pause, pauses.refusedMs * 2 ** (tries.length - 1))
  assert.equal((await world.store.orders.get('te'))?.lines['1']?.told?.source, 'shop')
  world.mailbox.faultSwitch.set({ fault: null, seconds: 0 })
  await world.settled(120)
  assert.equal((await mails('te')).length, 1)
})

test('550 for the address: suppressed, told stays, and another address is told', async () => {
  await put('fo', 'FO')
  // Not once only: a mail to the admin may meet it first.
  world.mailbox.faultSwitch.set({ fault: 'refuse-forever', seconds: 0 })
  await move('FO', '1. 4. 2030')
  await until(
    'the suppressed notice',
    async () => (await world.store.notices.ofOrder('fo')).at(-1)?.state === 'suppressed',
  )
  world.mailbox.faultSwitch.set({ fault: null, seconds: 0 })
  assert.equal((await world.store.orders.get('fo'))?.lines['1']?.told?.source, 'shop')
  assert.deepEqual(await mails('fo'), [])
  const customer = { email: 'other-fo@example.com', language: 'en' }
  await world.putOrder(order('fo', ['FO'], { customer, lines: [line('FO')] }))
  await world.looked('fo')
  await until('the mail to the other address', async () =>
    (await mailsOf(world.mailbox.url)).some((mail) => mail.to === customer.email),
  )
})

test('the window: an answer lost after the message was taken sends the same message again, and says so', async () => {
  await put('dr', 'DR')
  world.mailbox.faultSwitch.set({ fault: 'drop-after-data', times: 1, seconds: 0 })
  await move('DR', '1. 4. 2030')
  await world.settled(120)
  const sent = await mails('dr')
  assert.equal(sent.length, 2)
  assert.deepEqual(sent[0], sent[1], 'byte for byte under one Message-ID')
  const notices = await world.store.notices.ofOrder('dr')
  assert.deepEqual(
    notices.map(({ state, window }) => [state, window]),
    [['sent', true]],
  )
})

test('the window, and then the date moved: the first counts as sent, the move is a mail of its own without an old date', async () => {
  await put('mv', 'MV')
  world.mailbox.faultSwitch.set({ fault: 'drop-after-data', times: 1, seconds: 0 })
  await move('MV', '1. 4. 2030')
  await until('the lost answer', async () =>
    (await world.store.notices.ofOrder('mv')).some((notice) => notice.tries.length === 1),
  )
  await world.store.shopSettings.setSendingMode('hold')
  await move('MV', '1. 6. 2030')
  await world.store.shopSettings.setSendingMode('live')
  await until('the second notice', async () =>
    (await world.store.notices.ofOrder('mv')).some(({ n, state }) => n === 2 && state === 'sent'),
  )
  const [first, second, ...more] = await mails('mv')
  assert.deepEqual(more, [])
  assert.match(first?.text ?? '', /1\. dubna 2030/)
  assert.match(second?.text ?? '', /1\. června 2030/)
  assert.doesNotMatch(second?.text ?? '', /dubna|března/)
  assert.notEqual(first?.messageId, second?.messageId)
})

test('once arrived was told, the emptied shelf of the supplier is not mailed', async () => {
  await put('ar', 'AR')
  await move('AR', 'skladem')
  await world.settled()
  await move('AR', '1. 9. 2030')
  await world.settled()
  assert.deepEqual((await mails('ar')).length, 1)
})

test('each customer is written to in their own language, else in the shop’s', async () => {
  await world.putOrder(
    order('en', ['EA'], { customer: { email: 'en@example.com', language: 'en-GB' }, lines: [line('EA')] }),
  )
  await world.putOrder(
    order('fr', ['EA'], { customer: { email: 'fr@example.com', language: 'fr' }, lines: [line('EA')] }),
  )
  await world.looked('en')
  await world.looked('fr')
  await move('EA', '1. 2. 2030')
  await world.settled()
  const all = await mailsOf(world.mailbox.url)
  assert.match(all.find((mail) => mail.to === 'en@example.com')?.text ?? '', /1 February 2030/)
  assert.match(all.find((mail) => mail.to === 'fr@example.com')?.text ?? '', /1\. února 2030/)
})

test('a muted order is not written to', async () => {
  await world.putOrder(order('mu', ['MU'], { muted: true, lines: [line('MU')] }))
  await world.looked('mu')
  await move('MU', '1. 4. 2030')
  await world.settled()
  assert.deepEqual(await mails('mu'), [])
})

test('P3: two notifiers side by side tell thirty customers once each', async () => {
  const numbers = Array.from({ length: 30 }, (_, index) => `x${index}`)
  for (const [index, number] of numbers.entries())
    await world.putOrder(order(number, [`X${index}`], { lines: [line(`X${index}`)] }))
  for (const number of numbers) await world.looked(number)
  for (let index = 0; index < 30; index++) world.set(`X${index}`, '1. 4. 2030')
  assert.deepEqual((await world.run()).counts, {
    items: 43,
    unreadable: 0,
    missing: 0,
    absent: 0,
    changes: 30,
    notices: 30,
  })
  await world.settled(120)
  const to = (await mailsOf(world.mailbox.url)).map((mail) => mail.to)
  assert.equal(to.length, 30)
  assert.equal(new Set(to).size, 30)
})

async function put(number: string, code: string): Promise<void> {
  await world.putOrder(order(number, [code], { lines: [line(code)] }))
  await world.looked(number)
}

async function move(code: string, delivery: string): Promise<void> {
  world.set(code, delivery)
  assert.equal((await world.run()).state, 'accepted')
}

async function mails(number: string) {
  return (await mailsOf(world.mailbox.url)).filter((mail) => mail.to === `customer-${number}@example.com`)
}

function line(code: string) {
  return { id: '1', supplier, code, title: `Figure ${code}`, quantity: 1, told: '1. 3. 2030' }
}

function many(letter: string, count: number) {
  return Array.from({ length: count }, (_, index) => item(`${letter}${index}`, '1. 3. 2030'))
}
