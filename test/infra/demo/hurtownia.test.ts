import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { readText } from '#core/domain/grammar/read-text.ts'
import { account } from '#infra/demo/hurtownia/account.ts'
import type { ServedHurtownia } from '#infra/demo/hurtownia/app.ts'
import { serveHurtownia } from '#infra/demo/hurtownia/app.ts'
import { figurkowoItems, showcase } from '#infra/demo/hurtownia/items.ts'
import { control } from './portal-visitor.ts'
import { codeAt, headersOf, makeBrowserless, rowsOf, signInHurtownia } from './visitor.ts'

describe('the Polish demo portal', () => {
  let moment = new Date('2026-11-21T08:00:00Z')
  let portal: ServedHurtownia
  const code = () => codeAt(moment)
  before(async () => {
    portal = await serveHurtownia({ port: 0, now: () => moment })
  })
  beforeEach(() => control(portal.url, 'POST reset'))
  after(() => portal.close())

  describe('sign-in', () => {
    it('takes login, password and code one after the other, and shows the account', async () => {
      const visitor = makeBrowserless(portal.url)
      const first = await visitor.send('/logowanie', { login: account.username })
      assert.equal(first.headers.get('location'), '/logowanie/haslo')
      assert.match(await visitor.text('/logowanie/haslo'), /Krok 2 z 3/)
      const second = await visitor.send('/logowanie/haslo', { haslo: account.password })
      assert.equal(second.headers.get('location'), '/logowanie/kod')
      assert.equal((await visitor.ask('/towary')).status, 302, 'not yet')
      const third = await visitor.send('/logowanie/kod', { kod: code() })
      assert.equal(third.headers.get('location'), '/towary')
      assert.ok((await visitor.text('/towary')).includes(`<span class="konto">${account.company}</span>`))
      assert.deepEqual(portal.logins, { attempts: 1, accepted: 1, refused: 0 })
    })

    it('says only after the password that it is wrong, whether the login exists or not', async () => {
      for (const login of [account.username, 'nikt']) {
        const visitor = makeBrowserless(portal.url)
        await visitor.send('/logowanie', { login })
        const answer = await visitor.send('/logowanie/haslo', { haslo: 'falsch' })
        assert.equal(answer.status, 200)
        assert.match(await answer.text(), /Nieprawidłowy login lub hasło/)
        assert.equal((await visitor.ask('/logowanie/kod')).headers.get('location'), '/logowanie')
      }
      assert.deepEqual(portal.logins, { attempts: 2, accepted: 0, refused: 2 })
    })

    it('takes the code of the step before and after, none further off, and no step twice', async () => {
      for (const [seconds, taken] of [
        [-60, false],
        [60, false],
        [-30, true],
        [-30, false],
        [0, true],
        [0, false],
        [30, true],
        [0, false],
      ] as const) {
        const answer = await signInHurtownia(
          makeBrowserless(portal.url),
          codeAt(new Date(moment.getTime() + seconds * 1000)),
        )
        assert.equal(answer.status === 303, taken, `${seconds} s`)
        if (!taken) assert.match(await answer.text(), /Nieprawidłowy lub już użyty kod/)
      }
    })

    it('asks whether to go on here while another session of the account is open, and then ends that', async () => {
      const [first, second] = [makeBrowserless(portal.url), makeBrowserless(portal.url)]
      await signInHurtownia(first, code())
      moment = new Date(moment.getTime() + 30_000)
      const answer = await signInHurtownia(second, code())
      assert.equal(answer.headers.get('location'), '/logowanie/sesja')
      assert.match(await second.text('/logowanie/sesja'), /Masz już aktywną sesję na innym urządzeniu/)
      assert.equal((await second.ask('/towary')).status, 302, 'not before it is answered')
      assert.equal((await first.ask('/towary')).status, 200)
      assert.equal((await second.send('/logowanie/sesja', {})).headers.get('location'), '/towary')
      assert.equal((await second.ask('/towary')).status, 200)
      assert.equal((await first.ask('/towary')).status, 302)
    })

    it('asks nothing where the other session was ended by a sign-out', async () => {
      const first = makeBrowserless(portal.url)
      await signInHurtownia(first, code())
      const _csrf = /name="_csrf" value="([^"]+)"/.exec(await first.text('/towary'))?.[1] ?? ''
      await first.ask('/wyloguj', { form: { _csrf } })
      moment = new Date(moment.getTime() + 30_000)
      assert.equal((await signInHurtownia(makeBrowserless(portal.url), code())).headers.get('location'), '/towary')
    })

    it('refuses forms without the token of the visitor', async () => {
      const visitor = makeBrowserless(portal.url)
      await visitor.text('/logowanie')
      assert.equal((await visitor.ask('/logowanie', { form: { login: account.username } })).status, 403)
    })
  })

  describe('the offer', () => {
    it('grows by 30 rows at a time until nothing more is there', async () => {
      const visitor = makeBrowserless(portal.url)
      await signInHurtownia(visitor, code())
      const page = await visitor.text('/towary')
      assert.deepEqual(headersOf(page), ['Indeks', 'Nazwa', 'EAN', 'Cena netto', 'Dostępność', 'Ilość'])
      assert.match(page, /Wyświetlono 30 z 120/)
      assert.match(page, /id="wiecej" data-od="30"/)
      const rows = rowsOf(page)
      const said: (string | null)[] = []
      for (let from: string | null = '30'; from;) {
        const answer = await visitor.ask(`/towary/wiecej?od=${from}`)
        rows.push(...rowsOf(await answer.text()))
        said.push(decodeURIComponent(answer.headers.get('x-wyswietlono') ?? ''))
        from = answer.headers.get('x-dalej')
      }
      assert.deepEqual(said, ['Wyświetlono 60 z 120', 'Wyświetlono 90 z 120', 'Wyświetlono 120 z 120'])
      assert.deepEqual(
        rows.map(([index, , , , delivery, quantity]) => [index, delivery, quantity]),
        portal.shelf.items().map(({ code: index, delivery, quantity }) => [index, delivery, quantity]),
      )
      assert.equal((await visitor.ask('/towary/wiecej?od=120')).status, 404)
    })

    it('says what the control face made it say, also of the quantity', async () => {
      await control(portal.url, `PUT items/${showcase}`, { delivery: '1.02.2027', quantity: '9' })
      const visitor = makeBrowserless(portal.url)
      await signInHurtownia(visitor, code())
      const row = rowsOf(await visitor.text('/towary')).find(([index]) => index === showcase)
      assert.deepEqual(row?.slice(-2), ['1.02.2027', '9'])
    })
  })

  it('has items that our grammar reads, whenever it begins', () => {
    for (const start of ['2026-11-21', '2028-02-29', '2030-12-31']) {
      const items = figurkowoItems(start)
      assert.equal(new Set(items.map(({ code: index }) => index)).size, 120)
      for (const { delivery } of items)
        assert.notEqual(readText(delivery, { language: 'pl', anchor: start }).kind, 'unreadable', delivery)
    }
  })
})
