import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { faultNames, faults } from '#infra/demo/portal/faults.ts'
import { checks } from './checks.ts'
import type { Portal } from './portals.ts'
import { moody, tried } from './portals.ts'

describe('the moods', () => {
  it('are one at least for each of F1–F23', () => {
    const played = new Set(faultNames.flatMap((name) => faults[name].failures))
    const wanted = Array.from({ length: 23 }, (_, i) => `F${i + 1}`)
    assert.deepEqual(
      wanted.filter((mode) => !played.has(mode as never)),
      [],
    )
  })

  it('have names in kebab-case and say in one line what they are', () => {
    for (const name of faultNames) {
      assert.match(name, /^[a-z]+(-[a-z]+)*$/)
      assert.match(faults[name].about, /^[^\n]{15,120}$/)
    }
  })
})

// The portals have nothing in common but the moods, and some moods only wait.
describe('each portal', { concurrency: true }, () => {
  for (const on of Object.values(tried)) {
    describe(`the moods of ${on.portal}`, { concurrency: 1 }, () => {
      let portal: Portal
      before(async () => {
        portal = await on.serve()
      })
      after(() => portal.close())

      it('are told by the control face, and no others are taken', async () => {
        const names = faultNames.filter((name) => faults[name].portals.includes(on.portal))
        const { known, moods } = await (await fetch(`${portal.url}/control/faults`)).json()
        assert.deepEqual(known, names)
        assert.equal(moods.length, names.length)
        const others = faultNames.filter((name) => !names.includes(name))
        for (const fault of others) {
          const answer = await fetch(`${portal.url}/control/faults`, {
            method: 'POST',
            body: JSON.stringify({ fault }),
          })
          assert.equal(answer.status, 400)
        }
      })

      for (const name of faultNames.filter((other) => faults[other].portals.includes(on.portal))) {
        it(`${name}: ${faults[name].about}`, async () => {
          const at = await moody(on, portal)
          await checks[name](at, () => at.set(name))
        })
      }

      it('bite the items that are named, where some are', async () => {
        const at = await moody(on, portal)
        const code = at.before[0]?.rows[3]?.[at.before[0].headers.indexOf(on.columns.code)] ?? ''
        const body = JSON.stringify({ fault: 'unreadable-some', codes: [code] })
        assert.equal((await fetch(`${portal.url}/control/faults`, { method: 'POST', body })).status, 200)
        const [seen, header] = [await at.page(1), on.columns.delivery]
        const place = seen.headers.indexOf(header)
        const changed = seen.rows.flatMap((row, i) => (row[place] === at.before[0]?.rows[i]?.[place] ? [] : [i]))
        assert.deepEqual(changed, [3])
      })
    })
  }
})
