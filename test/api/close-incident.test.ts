import assert from 'node:assert/strict'
import { after, before, mock, test } from 'node:test'
import { makeLogger } from '#core/process/log.ts'
import { declaration, makeWorld, startOwnStore } from './world.ts'

let own: Awaited<ReturnType<typeof startOwnStore>>
before(async () => {
  own = await startOwnStore()
})
after(() => own.close())

test('a trouble that ends at the desk has a line in the log, as one that the notifier finds over', async () => {
  const log = makeLogger({ name: 'api', format: 'json', level: 'silent' })
  const info = mock.method(log, 'info')
  const { send } = makeWorld(own.store, { log })
  await own.store.suppliers.declare(declaration('demo'))
  const open = (kind: string) => own.store.incidents.open({ kind, subject: 'demo', words: 'x', hint: 'y' })
  await open('paused')
  assert.equal((await send('POST', '/v1/suppliers/demo/resume')).status, 200)
  assert.equal((await send('POST', '/v1/suppliers/demo/resume')).status, 200)
  await open('silence')
  assert.equal((await send('POST', '/v1/suppliers/demo/retire', { because: 'we buy elsewhere' })).status, 200)
  assert.deepEqual(
    info.mock.calls.map((call) => String(call.arguments[1])),
    ['demo: paused is over after 0 min', 'demo: silence is over after 0 min'],
  )
})
