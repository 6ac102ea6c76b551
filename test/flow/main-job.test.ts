import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Mail } from '#test/support/mails.ts'
import { mailsOf } from '#test/support/mails.ts'
import { openDemo, type Demo } from '#test/support/demo.ts'
import { until } from '#test/support/until.ts'
import { putDemoOrders, showcase } from '#infra/demo/shop.ts'
import { dayOf } from '#core/domain/day.ts'
import type { MailLanguage } from '#core/domain/language.ts'
import { mailLanguages } from '#core/domain/language.ts'

type Line = { item: { code: string } | null; status: string; told: { source: string } }

/** All real parts: portal in Chromium, broker, store, SMTP and the three processes as PM2 runs them. */
let demo: Demo
before(async () => {
  demo = await openDemo()
})
after(async () => demo[Symbol.asyncDispose]())

const newDate = new Date(Date.now() + 200 * 86_400_000)
const locales: Record<MailLanguage, string> = { cs: 'cs', sk: 'sk', pl: 'pl', de: 'de', en: 'en-GB' }
const oldDateIs: Record<MailLanguage, string> = {
  cs: 'Dosud',
  sk: 'Predtým',
  pl: 'Dotychczas',
  de: 'Bisher',
  en: 'Before',
}
let concerned: { number: string; email: string; language: MailLanguage }[] = []

test('first run and import of sixty orders: all is known and nobody is mailed', { timeout: 300_000 }, async () => {
  const { state, counts } = await demo.run()
  assert.equal(state, 'accepted')
  assert.equal(counts.items, 200)
  assert.equal(counts.unreadable, 0)
  const today = dayOf(new Date(), 'Europe/Prague')
  assert.equal(await putDemoOrders({ api: demo.api, key: demo.key, portal: demo.portal.url, today }), 60)
  const orders = await until('all orders to be looked at', async () => {
    const list = await demo.orders()
    return list.length === 60 && list.every((order) => order.looked) ? list : null
  })
  await demo.run()
  assert.equal((await mailsOf(demo.mailbox.url)).length, 0)
  concerned = orders
    .filter((order) => order.lines.some((line: Line) => line.item?.code === showcase.code && line.status === 'open'))
    .map(({ number, customer }) => ({ number, email: customer.email, language: customer.language }))
  assert.ok(concerned.length >= 4)
  assert.deepEqual(new Set(concerned.map(({ language }) => language)), new Set(mailLanguages))
})

test(
  'a date changed in the portal: one mail to each customer with that item on an open order, in their language',
  { timeout: 300_000 },
  async () => {
    const known = await demo.item(showcase.code)
    await demo.setDelivery(
      showcase.code,
      `${newDate.getUTCDate()}. ${newDate.getUTCMonth() + 1}. ${newDate.getUTCFullYear()}`,
    )
    const begun = performance.now()
    const run = await demo.run()
    assert.deepEqual([run.state, run.counts.changes, run.counts.notices], ['accepted', 0, 0])
    assert.deepEqual((await demo.item(showcase.code)).marks, ['pending'], 'it is read a second time first')
    await until('all mails', async () => (await mailsOf(demo.mailbox.url)).length >= concerned.length)
    console.log(
      `# from date changed to all ${concerned.length} mails: ${((performance.now() - begun) / 1000).toFixed(1)} s`,
    )
    const [second] = (await demo.get('/v1/runs?supplier=demo&limit=1')).items
    assert.equal(second.why, 'confirmation')
    const mails = await mailsOf(demo.mailbox.url)
    assert.deepEqual(mails.map((mail) => mail.to).sort(), concerned.map(({ email }) => email).sort())
    for (const { number, email, language } of concerned) {
      const mail = mails.find(({ to, subject }) => to === email && subject.includes(number))
      assert.ok(mail, `no mail about ${number} to its customer`)
      sayNewAndOld(mail, language)
    }
    assert.equal(known.now.kind, 'expected')
  },
)

test('the API shows the new state of item and orders, what was told, and why', async () => {
  const item = await demo.item(showcase.code)
  const iso = newDate.toISOString().slice(0, 10)
  const { kind, from, to, precision } = item.now
  assert.deepEqual([kind, from, to, precision], ['expected', iso, iso, 'day'])
  const history = await demo.get(`/v1/items/demo/${showcase.code}/history`)
  assert.equal(history.items[0].kind, 'delayed')
  assert.ok(history.items[0].before && history.items[0].after && history.items[0].run)
  for (const { number } of concerned) {
    const lineOf = ({ lines }: { lines: Line[] }) => lines.find((one) => one.item?.code === showcase.code)
    // Told moves right after the notice is marked as sent, in a step of its own.
    const order = await until(`the told of ${number}`, async () => {
      const given = await demo.get(`/v1/orders/${number}`)
      return lineOf(given)?.told.source === 'notice' ? given : null
    })
    assert.equal(order.notices[0].state, 'sent')
    const line = order.lines.find((one: Line) => one.item?.code === showcase.code)
    assert.deepEqual([line.told.from, line.told.to, line.told.texts], [line.now.from, line.now.to, line.now.texts])
    assert.equal(line.told.news, 'delayed')
    assert.equal(line.told.run, line.now.run)
    assert.match(order.notices[0].subject, new RegExp(number))
  }
})

test('a second run mails nobody', { timeout: 300_000 }, async () => {
  const run = await demo.run()
  assert.deepEqual([run.counts.changes, run.counts.notices], [0, 0])
  assert.equal((await mailsOf(demo.mailbox.url)).length, concerned.length)
})

// What comes of the portal's other moods is in moods.test.ts.
test(
  'a refused sign-in leaves every item as it was, mails nobody, and is tried again by a person only (P1, P8)',
  { timeout: 300_000 },
  async () => {
    const known = await demo.item(showcase.code)
    const mails = (await mailsOf(demo.mailbox.url)).length
    await demo.setDelivery(showcase.code, '1. 1. 2031')
    const attempts = await demo.loginAttempts()
    await demo.setFault('login-refused')
    const run = await demo.run()
    assert.deepEqual([run.state, run.failure?.kind], ['failed', 'login-refused'], JSON.stringify(run.reasons))
    assert.equal((await demo.loginAttempts()) - attempts, 1, 'credentials are submitted once a run (P8)')
    await demo.setFault(null)
    await resumeAfterRefusal()
    assert.deepEqual(await demo.item(showcase.code), known)
    assert.equal((await mailsOf(demo.mailbox.url)).length, mails)
  },
)

/** P8: nobody signs in again until a person says so. */
async function resumeAfterRefusal(): Promise<void> {
  const attempts = await demo.loginAttempts()
  const refused = await demo.post('/v1/suppliers/demo/runs')
  assert.equal(refused.status, 409)
  assert.match((await refused.json()).detail, /refused|paused/i)
  assert.equal(await demo.loginAttempts(), attempts)
  assert.ok((await demo.post('/v1/suppliers/demo/resume')).ok)
}

function sayNewAndOld(mail: Mail, language: MailLanguage): void {
  const format = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const
  const said = new Intl.DateTimeFormat(locales[language], format).format(newDate)
  assert.ok(mail.text.includes(said), `${language}: the new date is in the mail`)
  assert.ok(mail.text.includes(`  ${oldDateIs[language]}: `))
}
