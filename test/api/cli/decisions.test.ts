import assert from 'node:assert/strict'
import { after, before, mock, test } from 'node:test'
import { takeProposal } from '#notifier/request-run.ts'
import { lookAtOrders } from '#notifier/look-at-orders.ts'
import { saySent } from '#core/domain/sent-line.ts'
import { makeTestContext, makeTestSupplier, type TestContext } from '#test/notifier/a-context.ts'
import { makeDesk, putOrders, type Desk } from '#test/notifier/a-desk.ts'
import { makePost } from '#test/notifier/a-post.ts'
import { openTerminal } from './a-terminal.ts'

/** What a person decides by commands, with a notifier that does it at once. */
let world: TestContext
let terminal: Awaited<ReturnType<typeof openTerminal>>
let desk: Desk
/** What a scraper would do with a run that is asked for. */
let read = async (_run: string): Promise<void> => {}
before(async () => {
  world = await makeTestContext()
  desk = makeDesk(world)
  const { broker } = desk
  const publish: typeof broker.publish = async (type, message) => {
    if (type !== 'run.due') return broker.publish(type, message)
    const due = message.body as Parameters<typeof takeProposal>[1]
    await takeProposal(world.context, due)
    await read(due.run)
  }
  terminal = await openTerminal(world.store, { broker: { ...broker, publish }, attendWithinMs: 30_000 })
})
after(async () => {
  await terminal.close()
  await world.close()
})

/** What a command prints, once the notifier has done what it asked for. */
async function avizo(...args: string[]): Promise<string> {
  const said = await terminal.avizo(...args)
  await desk.attended()
  return said
}

const rows = (moved: number, to = '1. 4. 2030') =>
  Array.from({ length: 30 }, (_, i) => ({
    code: `I${i}`,
    title: `Thing ${i}`,
    cells: { delivery: i < moved ? to : '1. 3. 2030' },
  }))
const newest = async (order: string) => (await world.store.notices.ofOrder(order)).at(-1)

/** Two customers wait for the first of thirty items. */
async function start(name: string) {
  const supplier = await makeTestSupplier(world, name)
  await supplier.read(rows(0))
  await putOrders(world, { supplier: name, count: 2 })
  return supplier
}

test('a held run is shown, approved for as many customers as were shown, and mails them', async () => {
  const supplier = await start('held')
  const { id } = await supplier.read(rows(29))
  assert.match(await avizo('holds'), new RegExp(`run/${id} +run +2 `))
  assert.match(await avizo('holds', `run/${id}`), /2 customers[\s\S]*29 changed/)
  await assert.rejects(avizo('approve', `run/${id}`, '3'), /2 .*not 3|3 .*2 /)
  assert.equal(await avizo('approve', `run/${id}`, '2'), `run/${id} is approved.\n`)
  assert.equal((await world.store.runs.get(id))?.state, 'accepted')
  assert.equal((await newest('held-0'))?.state, 'due')
})

test('a held run that is approved in silence, and one that is discarded, mail nobody', async () => {
  const supplier = await start('quiet')
  const wrong = await supplier.read(rows(29, '1. 5. 2030'))
  assert.equal(await avizo('discard', `run/${wrong.id}`), `run/${wrong.id} is discarded; the next run is judged anew.\n`) // prettier-ignore
  assert.equal((await world.store.runs.get(wrong.id))?.state, 'rejected')
  const right = await supplier.read(rows(29))
  const said = await avizo('approve', `run/${right.id}`, '2', '--silent')
  assert.equal(said, `run/${right.id} is approved; nobody is mailed of it.\n`)
  assert.equal(await newest('quiet-0'), undefined)
})

test('news of an item that a person waives is told to nobody', async () => {
  const supplier = await start('waived')
  await supplier.read(rows(1, 'vyprodáno'))
  assert.match(await avizo('holds', 'item/waived/I0'), /waived I0 · Thing 0: sold out/)
  assert.match(await avizo('waive', 'item/waived/I0'), /^item\/waived\/I0 is waived: it is so, and nobody is told\.\n/)
  assert.equal((await world.store.orders.get('waived-0'))?.lines['1']?.waived?.reason, 'hold')
})

test('who was told of a wrong run is listed, and told again', async () => {
  const supplier = await start('again')
  const { id } = await supplier.read(rows(1))
  const post = await makePost(world)
  await post.sendAll(['again-0/1', 'again-1/1'])
  await supplier.read(rows(0))
  const listed = await avizo('tell-again', id)
  assert.match(listed, new RegExp(`again-0 .*\nIf the run was wrong: npm run avizo -- tell-again ${id} 2\n$`, 's'))
  assert.match(await avizo('tell-again', id, '2'), /^2 customers are told again/)
  assert.equal((await newest('again-0'))?.news[0]?.corrects, id)
})

test('a dry run shows what would be, of the run that it asked for', async () => {
  const supplier = await start('tried')
  read = async (run) => {
    const { part, finish } = supplier.whole(run, rows(1))
    await supplier.take(part, finish)
  }
  const said = await avizo('dry-run', 'tried')
  assert.match(said, /a dry run, nothing of it counts\nIt would be accepted\.\n2 customers would be mailed, of orders tried-0, tried-1\n\n1 changed/) // prettier-ignore
  assert.match(await avizo('run', 'tried', '--wait'), /tried-\S+ +accepted/)
  assert.equal((await newest('tried-0'))?.state, 'due')
})

test('texts that another definition would read otherwise are shown; a retired supplier says who waits', async () => {
  await start('stored')
  const file = await terminal.write('definition.json', JSON.stringify({ language: 'en-US' }))
  const said = await avizo('reread', 'stored', '--dry', '--with', file)
  assert.match(said, /^\d+ of 30 items would be read differently .*; nobody would be told\n/)
  await assert.rejects(avizo('reread', 'stored', '--dry', '--with', '/nope.json'), /nope\.json is no JSON file/)
  assert.match(
    await avizo('suppliers', 'retire', 'stored', '--because', 'we buy elsewhere'),
    /^stored is retired; 2 open orders wait for its items/,
  )
})

test('what is stored of a customer is printed, and erased only with a yes', async () => {
  await start('person')
  const email = 'person-1@example.com'
  assert.deepEqual(JSON.parse(await avizo('export', email)).orders.map((one: { number: string }) => one.number), ['person-1']) // prettier-ignore
  const { code, said } = await terminal.command('erase', email)
  assert.deepEqual([code, said], [1, 'Nothing was erased.\n'])
  assert.equal(await avizo('erase', email), 'Erased in 1 orders: person-1.\n')
  assert.deepEqual(JSON.parse(await avizo('export', email)).orders, [])
})

test('after a restore, what the logs tell of counts as told, and what is left waits in one hold', async () => {
  const supplier = await start('restored')
  await supplier.read(rows(1))
  const news = (await newest('restored-0'))?.news ?? []
  const line = (notice: string) => `${JSON.stringify({ time: Date.now(), msg: saySent(notice, news, false) })}\n`
  const log = await terminal.write('notifier.log', `no line of ours\n${line('restored-0/1')}${line('nobody/1')}`)
  const { orders } = world.store
  const { askLook } = orders
  mock.method(orders, 'askLook', async (numbers: string[]) => {
    await askLook(numbers)
    await lookAtOrders(world.context, numbers)
  })
  await world.store.shopSettings.setSendingMode('hold')
  const said = await avizo('restored', log)
  mock.restoreAll()
  assert.match(said, /^2 mails in the logs: 1 went after the backup and count as told, 0 it knew; 1 are of orders/)
  assert.match(said, /\d+ notices for \d+ customers wait in cause\/restored\. .*npm run avizo -- sending live\n$/)
  assert.equal((await world.store.orders.get('restored-0'))?.closed, 1)
  assert.equal((await newest('restored-1'))?.hold, 'cause/restored')
  await assert.rejects(avizo('restored', await terminal.write('other.log', 'x\n')), /No line in .*other\.log tells of a mail/) // prettier-ignore
})
