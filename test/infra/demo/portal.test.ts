import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, it } from 'node:test'
import { account } from '#infra/demo/portal/account.ts'
import type { ServedPortal } from '#infra/demo/portal/app.ts'
import { servePortal } from '#infra/demo/portal/app.ts'
import { faultsOf } from '#infra/demo/portal/faults.ts'
import { control, makeVisitor } from './portal-visitor.ts'

describe("the demo's supplier portal", () => {
  let moment = new Date('2026-11-21T08:00:00Z')
  let portal: ServedPortal
  const set = (fault: string | null) => control(portal.url, 'POST faults', { fault })
  before(async () => {
    portal = await servePortal({ port: 0, now: () => moment })
  })
  beforeEach(() => control(portal.url, 'POST reset'))
  after(() => portal.close())

  describe('sign-in', () => {
    it('shows the catalogue to nobody who is not signed in', async () => {
      const seen = await makeVisitor(portal.url).page(1)
      assert.equal(seen.status, 302)
      assert.equal(seen.location, '/prihlaseni')
      assert.equal(seen.rows.length, 0)
    })

    it('answers the right credentials with a new session and the account name on every page', async () => {
      const visitor = makeVisitor(portal.url)
      await visitor.csrf()
      const visit = visitor.cookie()
      const answer = await visitor.signIn()
      assert.equal(answer.headers.get('location'), '/katalog')
      assert.match(answer.headers.get('set-cookie') ?? '', /HttpOnly/)
      assert.notEqual(visitor.cookie(), visit)
      const { page } = await visitor.page(1)
      assert.ok(page.includes(account.company))
      assert.ok(page.includes('action="/odhlaseni"'))
    })

    it('answers wrong credentials with the form and a sentence, status 200', async () => {
      const visitor = makeVisitor(portal.url)
      const answer = await visitor.signIn('jiné-heslo')
      const page = await answer.text()
      assert.equal(answer.status, 200)
      assert.match(page, /Neplatné jméno nebo heslo/)
      assert.ok(!page.includes('jiné-heslo'))
      assert.equal((await visitor.page(1)).status, 302)
    })

    it('refuses a form without the CSRF token of the session', async () => {
      const visitor = makeVisitor(portal.url)
      await visitor.csrf()
      const { username: jmeno, password: heslo } = account
      assert.equal((await visitor.ask('/prihlaseni', { jmeno, heslo })).status, 403)
      const foreign = await makeVisitor(portal.url).csrf()
      assert.equal((await visitor.ask('/prihlaseni', { jmeno, heslo, _csrf: foreign })).status, 403)
      assert.equal((await visitor.page(1)).status, 302)
    })

    it('ends a session that was not used for half an hour, and says so', async () => {
      const visitor = makeVisitor(portal.url)
      await visitor.signIn()
      moment = new Date(moment.getTime() + 29 * 60_000)
      assert.equal((await visitor.page(2)).status, 200)
      moment = new Date(moment.getTime() + 29 * 60_000)
      assert.equal((await visitor.page(3)).status, 200)
      moment = new Date(moment.getTime() + 30 * 60_000)
      const gone = await visitor.page(4)
      assert.equal(gone.location, '/prihlaseni?duvod=vyprselo')
      assert.match(await (await visitor.ask(gone.location)).text(), /přihlášení vypršelo/)
    })

    it('signs out', async () => {
      const visitor = makeVisitor(portal.url)
      await visitor.signIn()
      const signedIn = visitor.cookie()
      await visitor.ask('/odhlaseni', { _csrf: await visitor.csrf('/katalog') })
      const again = await fetch(`${portal.url}/katalog`, { headers: { cookie: signedIn }, redirect: 'manual' })
      assert.equal(again.status, 302)
    })

    it('counts every submit of credentials', async () => {
      await makeVisitor(portal.url).signIn()
      await makeVisitor(portal.url).signIn('falsch')
      assert.deepEqual((await control(portal.url, 'GET logins')).body, { attempts: 2, accepted: 1, refused: 1 })
    })
  })

  describe('catalogue', () => {
    it('has 200 items on four pages, each once, and says which it shows', async () => {
      const visitor = makeVisitor(portal.url)
      await visitor.signIn()
      const pages = [await visitor.page(1), await visitor.page(2), await visitor.page(3), await visitor.page(4)]
      assert.deepEqual(
        pages.map(({ said }) => said),
        ['Zobrazeno 1–50 z 200', 'Zobrazeno 51–100 z 200', 'Zobrazeno 101–150 z 200', 'Zobrazeno 151–200 z 200'],
      )
      for (const { headers } of pages) assert.deepEqual(headers, ['Kód', 'EAN', 'Název', 'Cena', 'Dostupnost'])
      const rows = pages.flatMap((page) => page.rows)
      const { body: items } = await control(portal.url, 'GET items')
      assert.deepEqual(
        rows.map(([code, ean, title, , delivery]) => ({ code, ean, title, delivery })),
        items.map(({ code, ean, title, delivery }: Record<string, string>) => ({ code, ean, title, delivery })),
      )
      assert.equal(new Set(rows.map(([code]) => code)).size, 200)
      assert.match(rows[0]?.[3] ?? '', /^\d\u00A0\d{3},00\u00A0Kč$/)
    })

    it('has no page 0, 5 or x', async () => {
      const visitor = makeVisitor(portal.url)
      await visitor.signIn()
      for (const page of ['0', '5', 'x', '1.5']) {
        assert.equal((await visitor.ask(`/katalog?strana=${page}`)).status, 404)
      }
    })
  })

  describe('control face and office', () => {
    it('changes what the catalogue says of an item', async () => {
      const changed = await control(portal.url, 'PUT items/FIG-1060', { delivery: '<b>30. 4. 2027</b>' })
      assert.equal(changed.status, 200)
      assert.equal(changed.body.delivery, '<b>30. 4. 2027</b>')
      const visitor = makeVisitor(portal.url)
      await visitor.signIn()
      assert.ok((await visitor.page(2)).page.includes('&lt;b&gt;30. 4. 2027&lt;/b&gt;'))
      await control(portal.url, 'POST reset')
      const { body } = await control(portal.url, 'GET items')
      assert.ok(body.every(({ delivery }: { delivery: string }) => !delivery.includes('<b>')))
    })

    it('says what is wrong as problem+json', async () => {
      const unknown = await control(portal.url, 'PUT items/FIG-9999', { delivery: 'skladem' })
      assert.equal(unknown.status, 404)
      assert.equal(unknown.type, 'application/problem+json')
      assert.equal((await control(portal.url, 'PUT items/FIG-1060', { delivery: 7 })).status, 400)
      const fault = await control(portal.url, 'POST faults', { fault: 'earthquake' })
      assert.equal(fault.status, 400)
      for (const name of faultsOf('tokimi')) assert.ok(fault.body.detail.includes(name))
    })

    it('lets a person find an item without accents and edit it, with no sign-in', async () => {
      const found = await (await fetch(`${portal.url}/kancelar?hledat=strazkyne`)).text()
      assert.equal(found.match(/name="dostupnost"/g)?.length, 1)
      const saved = await fetch(`${portal.url}/kancelar/polozky/FIG-1042`, {
        method: 'POST',
        headers: { origin: portal.url },
        body: new URLSearchParams({ dostupnost: ' 1. 6. 2027 ', hledat: 'strazkyne' }),
      })
      assert.match(await saved.text(), /Uloženo: <b>FIG-1042<\/b>.*1\. 6\. 2027/)
      const items = portal.shelf.items()
      assert.equal(items.find(({ code }) => code === 'FIG-1042')?.delivery, '1. 6. 2027')
    })

    it('takes no edit that another site sends', async () => {
      const headers = { origin: 'https://elsewhere.example' }
      const body = new URLSearchParams({ dostupnost: 'skladem' })
      const answer = await fetch(`${portal.url}/kancelar/polozky/FIG-1042`, { method: 'POST', headers, body })
      assert.equal(answer.status, 403)
    })
  })

  describe('faults', () => {
    it('down: every page answers 503, the control face and the office go on', async () => {
      await set('down')
      for (const path of ['/', '/prihlaseni', '/katalog']) {
        const answer = await fetch(portal.url + path)
        assert.equal(answer.status, 503)
        assert.match(await answer.text(), /údržba/)
      }
      assert.equal((await fetch(`${portal.url}/kancelar`)).status, 200)
      await set(null)
      assert.equal((await fetch(`${portal.url}/prihlaseni`)).status, 200)
    })

    it('slow: a page begins and does not end until the fault is cleared', async () => {
      await set('slow')
      const answer = await fetch(`${portal.url}/prihlaseni`)
      let ended = false
      const page = answer.text().then((text) => {
        ended = true
        return text
      })
      await control(portal.url, 'GET faults')
      assert.equal(ended, false)
      await set(null)
      assert.match(await page, /http-equiv="refresh"/)
    })

    it('slow: a client that gives up is let go', async () => {
      await set('slow')
      await assert.rejects(
        fetch(`${portal.url}/katalog`, { signal: AbortSignal.timeout(300) }).then((answer) => answer.text()),
        { name: 'TimeoutError' },
      )
    })

    it('login-refused: the right credentials are answered like wrong ones', async () => {
      await set('login-refused')
      const answer = await makeVisitor(portal.url).signIn()
      assert.equal(answer.status, 200)
      assert.match(await answer.text(), /Neplatné jméno nebo heslo/)
      assert.deepEqual((await control(portal.url, 'GET logins')).body, { attempts: 1, accepted: 0, refused: 1 })
    })

    it('session-lost: page 1 is read, page 2 leads to the form, and so again', async () => {
      await set('session-lost')
      const visitor = makeVisitor(portal.url)
      for (const _ of [1, 2]) {
        await visitor.signIn()
        assert.equal((await visitor.page(1)).rows.length, 50)
        assert.equal((await visitor.page(2)).location, '/prihlaseni?duvod=vyprselo')
        assert.equal((await visitor.page(1)).status, 302)
      }
    })

    it('empty-table: headers without rows, and 0 of 0', async () => {
      await set('empty-table')
      const visitor = makeVisitor(portal.url)
      await visitor.signIn()
      const { status, rows, headers, said } = await visitor.page(1)
      assert.deepEqual(
        { status, rows, said, headers: headers.length },
        { status: 200, rows: [], said: 'Zobrazeno 0–0 z 0', headers: 5 },
      )
    })

    it('short-page: page 3 lacks 30 rows and still announces them', async () => {
      await set('short-page')
      const visitor = makeVisitor(portal.url)
      await visitor.signIn()
      assert.equal((await visitor.page(2)).rows.length, 50)
      const { rows, said } = await visitor.page(3)
      assert.equal(rows.length, 20)
      assert.equal(said, 'Zobrazeno 101–150 z 200')
    })
  })
})

describe('what the portal keeps', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'avizo-portal-'))
  })
  const opened: ServedPortal[] = []
  const open = async (stateFile: string, day: string) => {
    const portal = await servePortal({ port: 0, stateFile, now: () => new Date(`${day}T08:00:00Z`) })
    opened.push(portal)
    return portal
  }
  after(async () => {
    await Promise.all(opened.map((portal) => portal.close()))
    await rm(folder, { recursive: true })
  })

  it('edits and dates survive a restart on a later day', async () => {
    const stateFile = join(folder, 'deep', 'portal.json')
    const first = await open(stateFile, '2026-11-21')
    await control(first.url, 'PUT items/FIG-1042', { delivery: 'prosinec 2026' })
    const earlier = first.shelf.items()
    await first.close()
    const second = await open(stateFile, '2027-03-01')
    assert.deepEqual(second.shelf.items(), earlier)
    assert.equal(JSON.parse(await readFile(stateFile, 'utf8')).startDay, '2026-11-21')
  })

  it('a file that is no state is named, and not overwritten', async () => {
    const stateFile = join(folder, 'broken.json')
    await writeFile(stateFile, '{"v":')
    await assert.rejects(open(stateFile, '2026-11-21'), /broken\.json: not a state/)
    assert.equal(await readFile(stateFile, 'utf8'), '{"v":')
  })
})
