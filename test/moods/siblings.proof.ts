import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Observation } from '#core/domain/messages.ts'
import { demoDefaults, demoSuppliers } from '#infra/demo/defaults.ts'
import { serveHurtownia } from '#infra/demo/hurtownia/app.ts'
import { serveKontor } from '#infra/demo/kontor/app.ts'
import { serveNorthpine } from '#infra/demo/northpine/app.ts'
import type { ServedPortal } from '#infra/demo/portal/app.ts'
import type { FaultName } from '#infra/demo/portal/faults.ts'
import { faults, faultsOf } from '#infra/demo/portal/faults.ts'
import { placesIn } from '#infra/places.ts'
import { loadSuppliers } from '#scraper/load-suppliers.ts'
import { makeReadPortal } from '#scraper/read-portal.ts'
import { noMemory } from '#scraper/session-memory.ts'
import { makeTestBrowsers } from '#test/scraper/a-browser.ts'
import { makeLog, makeRecorder, request } from '#test/scraper/a-run.ts'

/**
 * The moods of the other three portals, read by their own definitions: a run may fail, but what is called whole is the
 * whole table with the right texts. Moods that change what the portal says of items are judged by the notifier
 * (`npm run supplier moods`); here their rows must at least be neither lost nor doubled.
 */
const siblings = { hurtownia: serveHurtownia, kontor: serveKontor, northpine: serveNorthpine } as const
type Sibling = keyof typeof siblings

const limits = { delayMs: 0, pageSeconds: 4, settleSeconds: 1, tries: 2, tryAgainSeconds: 0.1 }

let browsers: Awaited<ReturnType<typeof makeTestBrowsers>>
before(async () => {
  browsers = await makeTestBrowsers()
})
after(() => browsers.clear())

type Read = { failure: string | null; words: string; rows: Observation[]; submits: number }

async function readOnce(id: Sibling, portal: ServedPortal): Promise<Read> {
  const ports = { PORTAL_PORT: 1, HURTOWNIA_PORT: 1, KONTOR_PORT: 1, NORTHPINE_PORT: 1 }
  const variables = demoDefaults({ places: placesIn('var'), key: 'k', smtpPort: 1, portals: ports })
  const address = { [`SUPPLIER_${id.toUpperCase()}_ADDRESS`]: portal.url }
  const all = await loadSuppliers({ folder: demoSuppliers, variables: { ...variables, ...address } as never })
  const supplier = all.get(id)
  assert.ok(supplier)
  const definition = { ...supplier.definition, limits: { ...supplier.definition.limits, ...limits } }
  const { attempts } = portal.logins
  const recorder = makeRecorder()
  const suppliers = new Map([[id, { ...supplier, definition }]])
  const stopping = new AbortController().signal
  const read = makeReadPortal({
    suppliers,
    openBrowser: browsers.share,
    stopping,
    sessionOf: () => noMemory,
    log: makeLog(),
  })
  await read(request({ supplier: id, publish: recorder.publish, secondsAllowed: 120 }))
  const finished = recorder.finished()
  const rows = recorder.of('run.observed').flatMap(({ observations }) => observations)
  const failed = finished.outcome === 'failed' ? finished : null
  return {
    failure: failed?.failure ?? null,
    words: failed?.words ?? '',
    rows,
    submits: portal.logins.attempts - attempts,
  }
}

function byCode(rows: Observation[]): Observation[] {
  return rows.toSorted((a, b) => (a.code < b.code ? -1 : 1))
}

/** Whether the mood changes what is said of items, and not only how it is told. */
function changesItems(name: FaultName): boolean {
  const { items, rows, columns, page, travels } = faults[name]
  return [items, rows, columns, page].some((change) => change !== undefined) || travels === 'as-windows-1250'
}

describe('the other portals', { concurrency: true }, () => {
  for (const id of Object.keys(siblings) as Sibling[]) {
    describe(id, { concurrency: 1 }, () => {
      let portal: ServedPortal
      let truth: Observation[]
      before(async () => {
        portal = await siblings[id]({ port: 0 })
        truth = byCode((await readOnce(id, portal)).rows)
        assert.ok(truth.length > 50)
      })
      after(() => portal.close())

      for (const name of faultsOf(id)) {
        it(`${name}: ${faults[name].about}`, async (t) => {
          await fetch(`${portal.url}/control/reset`, { method: 'POST' })
          portal.faultSwitch.name = name
          const { failure, words, rows, submits } = await readOnce(id, portal)
          t.diagnostic(`${id} ${name}: ${failure ?? 'whole'} ${words.slice(0, 120)}`)
          assert.ok(submits <= 1, `submitted ${submits} times`)
          assert.notEqual(failure, 'defect', words)
          if (failure !== null) return
          if (!changesItems(name)) return assert.deepEqual(byCode(rows), truth)
          assert.equal(new Set(rows.map(({ code }) => code)).size, rows.length)
        })
      }
    })
  }
})
