import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BrowserContext } from 'playwright-core'
import type { Observation } from '#core/domain/messages.ts'
import type { LentBrowser, OpenBrowser } from '#scraper/browser.ts'
import { Interrupted, LoginRefused } from '#scraper/failure.ts'
import { makeReadPortal } from '#scraper/read-portal.ts'
import { noMemory } from '#scraper/session-memory.ts'
import type { Robot } from '#scraper/robot.ts'
import { makeLog, makeRecorder, request, run } from './a-run.ts'
import { suppliersOf, supplierWith } from './a-supplier.ts'

const proofs = [{ what: 'rows', said: '3 rows read = 3 announced' }]

function rows(count: number): Observation[] {
  return Array.from({ length: count }, (_, i) => ({ code: `C${i}`, title: 'T', cells: { Dostupnost: 'skladem' } }))
}

const readsThree: Robot['read'] = async (visit) => {
  const credential = await visit.credentials()
  assert.equal(credential('username'), 'obchod')
  await visit.signedIn()
  visit.observe(rows(3))
  return proofs
}

/** A browser in which nothing can be opened: robots of these tests read nothing. */
function makeBrowser() {
  const counts = { opened: 0, closed: 0 }
  const context = { pages: () => [] } as unknown as BrowserContext
  const openBrowser: OpenBrowser = async () => {
    counts.opened += 1
    return {
      context,
      isOpen: () => true,
      async [Symbol.asyncDispose]() {
        counts.closed += 1
      },
    }
  }
  return { counts, openBrowser }
}

type Wish = { robot?: Robot['read']; breaksAt?: (id: string) => boolean; stopping?: AbortSignal } & Partial<
  Parameters<typeof request>[0]
>

async function runOnce({ robot = readsThree, breaksAt, stopping = new AbortController().signal, ...wish }: Wish = {}) {
  const recorder = makeRecorder(breaksAt ? { breaksAt } : {})
  const { counts, openBrowser } = makeBrowser()
  const log = makeLog()
  const suppliers = suppliersOf(supplierWith(robot))
  const verdict = await makeReadPortal({ suppliers, openBrowser, stopping, sessionOf: () => noMemory, log })(
    request({ publish: recorder.publish, ...wish }),
  )
  assert.equal(counts.closed, counts.opened, 'the browser is closed whatever happens')
  return { verdict, recorder, counts, log }
}

test('a whole run says its steps, its rows in parts, and that it is whole', async () => {
  const { verdict, recorder, log } = await runOnce()
  assert.deepEqual(verdict, { kind: 'done' })
  const ids = ['progress/1', 'progress/2', 'progress/3', 'part/1', 'progress/4', 'finished'].map(
    (step) => `${run}/${step}`,
  )
  assert.deepEqual(
    recorder.said.map(({ id }) => id),
    ids,
  )
  assert.deepEqual(recorder.steps(), ['started', 'signing-in', 'signed-in', 'reading'])
  const finished = recorder.finished()
  assert.ok(finished.outcome === 'whole')
  assert.deepEqual([finished.rows, finished.parts, finished.definition.number], [3, 1, 1])
  assert.deepEqual(finished.proofs, [...proofs, { what: 'codes', said: '3 codes, none empty, none twice' }])
  assert.match(log.lines[0]?.text ?? '', /^demo-20261121T0800Z: whole, 3 rows on 1 page in [\d.]+ s$/)
})

test('what a whole run says in words has no secrets in it; codes of items stay as they are', async () => {
  const { recorder } = await runOnce({
    robot: async (visit) => {
      visit.observe(rows(3))
      visit.unfit([{ where: 'page /k?sid=S3CRET', said: 'begins with tajne-heslo-2026', code: 'obchod' }])
      return [{ what: 'signed in', said: '"obchod" is shown at /k?token=S3CRET' }]
    },
  })
  const finished = recorder.finished()
  assert.ok(finished.outcome === 'whole')
  assert.deepEqual(finished.proofs[0], { what: 'signed in', said: '"[hidden]" is shown at /k?token=[hidden]' })
  const unfit = { where: 'page /k?sid=[hidden]', said: 'begins with [hidden]', code: 'obchod' }
  assert.deepEqual(finished.unfit, [unfit])
})

test('a request that comes a second time is not read but answered as interrupted', async () => {
  const { verdict, recorder, counts } = await runOnce({ redelivered: true })
  assert.deepEqual(verdict, { kind: 'done' })
  assert.equal(counts.opened, 0)
  assert.deepEqual(recorder.steps(), [])
  assert.equal(recorder.failed().failure, 'interrupted')
})

test('a failure is said by its kind, with words; what to do is told once, by the notifier', async () => {
  const { recorder, log } = await runOnce({
    robot: async () => {
      throw new LoginRefused('"Neplatné heslo" for obchod with tajne-heslo-2026')
    },
  })
  const { failure, words } = recorder.failed()
  assert.equal(failure, 'login-refused')
  assert.equal(words, '"Neplatné heslo" for [hidden] with [hidden]')
  assert.equal(log.lines.length, 1)
  assert.match(log.lines[0]?.text ?? '', /failed \(login-refused\).*Neplatné heslo/)
  assert.equal(log.lines[0]?.level, 'info')
  assert.doesNotMatch(JSON.stringify(log.lines), /tajne-heslo/)
})

test('credentials are handed out only after the broker has confirmed signing-in', async () => {
  let submitted = false
  const { verdict, recorder } = await runOnce({
    robot: async (visit) => {
      await visit.credentials()
      submitted = true
      return proofs
    },
    breaksAt: (id) => id === `${run}/progress/2`,
  })
  assert.equal(submitted, false)
  assert.deepEqual(verdict, { kind: 'done' })
  assert.deepEqual(recorder.of('run.finished'), [])
})

test('credentials are handed out once a run', async () => {
  const { recorder } = await runOnce({
    robot: async (visit) => {
      await visit.credentials()
      await visit.credentials()
      return proofs
    },
  })
  assert.equal(recorder.failed().failure, 'defect')
  assert.deepEqual(recorder.steps(), ['started', 'signing-in'])
})

test('a run that takes longer than its seconds fails as slow, at once', async () => {
  const startedAt = performance.now()
  const { recorder } = await runOnce({
    robot: async (visit) => {
      visit.observe(rows(2))
      return new Promise(() => {})
    },
    secondsAllowed: 1,
  })
  assert.equal(recorder.failed().failure, 'slow')
  assert.match(recorder.failed().words, /1 s/)
  assert.ok(performance.now() - startedAt < 10_000)
})

test('a scraper that stops answers its run as interrupted, at once', async () => {
  const stopping = new AbortController()
  const { recorder } = await runOnce({
    robot: async (visit) => {
      await visit.signedIn()
      stopping.abort(new Interrupted('the scraper was stopped'))
      return new Promise(() => {})
    },
    stopping: stopping.signal,
  })
  assert.equal(recorder.failed().failure, 'interrupted')
})

test('a scraper that is stopping reads no more', async () => {
  const { recorder, counts } = await runOnce({ stopping: AbortSignal.abort(new Interrupted('stopped')) })
  assert.equal(recorder.failed().failure, 'interrupted')
  assert.equal(counts.opened, 0)
})

test('a run whose part could not be published ends silently: on another channel it must not speak', async () => {
  const { verdict, recorder, log } = await runOnce({ breaksAt: (id) => id.includes('/part/') })
  assert.deepEqual(verdict, { kind: 'done' })
  assert.deepEqual(recorder.of('run.finished'), [])
  assert.match(log.lines[0]?.text ?? '', /given up unheard/)
})

test('a run whose channel is gone stops reading though its robot goes on', async () => {
  const { recorder } = await runOnce({
    robot: async (visit) => {
      visit.observe(rows(500))
      return new Promise(() => {})
    },
    breaksAt: (id) => id.includes('/part/'),
  })
  assert.deepEqual(recorder.of('run.finished'), [])
})

test('a supplier that this scraper does not have is answered as a defect', async () => {
  const { recorder } = await runOnce({ supplier: 'unknown' })
  assert.equal(recorder.failed().failure, 'defect')
  assert.match(recorder.failed().words, /no supplier "unknown"/)
})

test('a robot that proves nothing, or reads nothing, is not believed', async () => {
  const provesNothing = await runOnce({
    robot: async (visit) => {
      visit.observe(rows(3))
      return []
    },
  })
  assert.equal(provesNothing.recorder.failed().failure, 'incomplete')
  const readsNothing = await runOnce({ robot: async () => proofs })
  assert.equal(readsNothing.recorder.failed().failure, 'incomplete')
})

test('a mistake of ours is a defect, with its words', async () => {
  const { recorder } = await runOnce({ robot: async () => JSON.parse('{') })
  assert.equal(recorder.failed().failure, 'defect')
  assert.match(recorder.failed().words, /SyntaxError/)
})

test('a browser that does not start is said', async () => {
  const recorder = makeRecorder()
  const handle = makeReadPortal({
    suppliers: suppliersOf(supplierWith(readsThree)),
    openBrowser: () => Promise.reject(new Error('no such program')),
    stopping: new AbortController().signal,
    sessionOf: () => noMemory,
    log: makeLog(),
  })
  await handle(request(recorder))
  assert.match(recorder.failed().words, /no such program/)
})

test('a browser that does not open costs no more than the seconds of its run; one that opens later is closed', async () => {
  const recorder = makeRecorder()
  const opening = Promise.withResolvers<LentBrowser>()
  const closed = Promise.withResolvers<void>()
  const handle = makeReadPortal({
    suppliers: suppliersOf(supplierWith(readsThree)),
    openBrowser: () => opening.promise,
    stopping: new AbortController().signal,
    sessionOf: () => noMemory,
    log: makeLog(),
  })
  await handle(request({ publish: recorder.publish, secondsAllowed: 1 }))
  assert.equal(recorder.failed().failure, 'slow')
  const { context } = await makeBrowser().openBrowser({ language: 'cs', timeZone: 'Europe/Prague', pageSeconds: 1 })
  const dispose = async () => closed.resolve()
  opening.resolve({ context, isOpen: () => true, [Symbol.asyncDispose]: dispose })
  await closed.promise
})

test('a scraper that stops while a browser opens answers its run as interrupted, at once', async () => {
  const recorder = makeRecorder()
  const stopping = new AbortController()
  const handle = makeReadPortal({
    suppliers: suppliersOf(supplierWith(readsThree)),
    openBrowser: () => {
      stopping.abort(new Interrupted('the scraper was stopped'))
      return new Promise(() => {})
    },
    stopping: stopping.signal,
    sessionOf: () => noMemory,
    log: makeLog(),
  })
  await handle(request(recorder))
  assert.equal(recorder.failed().failure, 'interrupted')
})

test('what is no request for a run is parked', async () => {
  const { openBrowser } = makeBrowser()
  const stopping = new AbortController().signal
  const handle = makeReadPortal({
    suppliers: new Map(),
    openBrowser,
    stopping,
    sessionOf: () => noMemory,
    log: makeLog(),
  })
  const body = { v: 1 as const, about: 'wish' as const, id: 'x' }
  const verdict = await handle({
    type: 'wish.made',
    id: 'x',
    body,
    redelivered: false,
    publish: makeRecorder().publish,
  })
  assert.equal(verdict.kind, 'park')
})
