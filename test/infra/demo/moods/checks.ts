import assert from 'node:assert/strict'
import type { FaultName } from '#infra/demo/portal/faults.ts'
import { makeBrowserless } from '../visitor.ts'
import type { Moody, Seen } from './portals.ts'
import { column } from './portals.ts'

/** Shows that a mood, set by its name, does what it says. */
export type Check = (moody: Moody, set: () => void) => Promise<void>

const codes = ({ on }: Moody, pages: Seen[]) => column(pages, on.columns.code)
const deliveries = ({ on }: Moody, pages: Seen[]) => column(pages, on.columns.delivery)

/** A visitor of a portal that knows nobody. */
async function stranger({ portal }: Moody) {
  await fetch(`${portal.url}/control/reset`, { method: 'POST' }) // a one-time code is good once
  return makeBrowserless(portal.url)
}

/** All but the markup, in which each session has its token. */
function same(pages: Seen[], before: Seen[]): void {
  assert.deepEqual(pages.map(withoutText), before.map(withoutText))
}

function withoutText({ text: _text, ...seen }: Seen): Omit<Seen, 'text'> {
  return seen
}

/** The status of every kind of page, and what it says. */
function everyPage(status: number, words: RegExp): Check {
  return async ({ on, portal, by }, set) => {
    set()
    for (const path of [on.paths.form, on.paths.table, '/']) {
      const answer = await fetch(portal.url + path, { redirect: 'manual' })
      assert.equal(answer.status, status, path)
      assert.match(await answer.text(), words)
    }
    assert.equal((await on.ask(by, 1)).status, status)
    assert.equal((await fetch(`${portal.url}/control/items`)).status, 200, 'the control face goes on')
  }
}

/** The answers by page of the table; `undefined` is a page as before. */
function byPage(...expected: (number | RegExp | undefined)[]): Check {
  return async (moody, set) => {
    set()
    for (const [i, wanted] of expected.entries()) {
      if (i >= moody.on.pages) continue
      const seen = await moody.page(i + 1)
      if (typeof wanted === 'number') assert.equal(seen.status, wanted, `page ${i + 1}`)
      else assert.equal(seen.status, 200, `page ${i + 1}`)
      if (wanted instanceof RegExp) assert.match(seen.text, wanted, `page ${i + 1}`)
      if (wanted === undefined) assert.deepEqual(seen.rows, moody.before[i]?.rows, `page ${i + 1}`)
    }
  }
}

/** What right credentials come to: a status, a way on, words; and whether they counted as refused. */
function signIn(expected: { status: number; words?: RegExp; refused?: number; atTheEnd?: true }): Check {
  return async (moody, set) => {
    const by = await stranger(moody)
    set()
    const { on } = moody
    const answer = await (expected.atTheEnd ? on.signIn : (on.submit ?? on.signIn))(by)
    assert.equal(answer.status, expected.status)
    if (expected.words) assert.match(await answer.text(), expected.words)
    const { attempts, accepted, refused } = moody.portal.logins
    assert.deepEqual([attempts, accepted, refused], [1, 0, expected.refused ?? 0])
    assert.equal((await by.ask(on.paths.table)).status, 302)
  }
}

/** The form still works, but what is on it has changed. */
function formHas(words: RegExp): Check {
  return async ({ on, portal }, set) => {
    assert.doesNotMatch(await (await fetch(portal.url + on.paths.form)).text(), words)
    set()
    assert.match(await (await fetch(portal.url + on.paths.form)).text(), words)
  }
}

/** The page with the table has something it didn't have; its rows in the HTML are as `rows` says. */
function tableHas(words: RegExp, rows?: number): Check {
  return async ({ on, by }, set) => {
    assert.doesNotMatch(await by.text(on.paths.table), words)
    set()
    const text = await by.text(on.paths.table)
    assert.match(text, words)
    if (rows !== undefined) {
      const plain = text.replaceAll(/<template[\s\S]*?<\/template>/g, '')
      assert.equal(plain.match(/<tr>\s*<td/g)?.length ?? 0, rows)
    }
  }
}

/** Totals by page, against those of before. */
function totals(change: (total: number, page: number) => number | null): Check {
  return async (moody, set) => {
    set()
    for (const [i, seen] of (await moody.pages()).entries()) {
      const { total, rows } = moody.before[i] as Seen
      assert.equal(seen.total, change(total ?? 0, i + 1))
      assert.deepEqual(seen.rows, rows)
    }
  }
}

/** The headers as they become of those before. */
function headers(change: (before: string[], moody: Moody) => string[], rowsFollow = false): Check {
  return async (moody, set) => {
    set()
    const seen = await moody.page(1)
    assert.deepEqual(seen.headers, change(moody.before[0]?.headers ?? [], moody))
    if (rowsFollow) assert.deepEqual(deliveries(moody, [seen]), deliveries(moody, moody.before.slice(0, 1)))
  }
}

/** How many codes are gone, and how many are new. */
function codesChange(gone: number, fresh: number): Check {
  return async (moody, set) => {
    set()
    const [before, after] = [codes(moody, moody.before), codes(moody, await moody.pages())]
    assert.equal(before.filter((code) => !after.includes(code)).length, gone)
    assert.equal(after.filter((code) => !before.includes(code)).length, fresh)
  }
}

/** Which texts changed, by code; all others stay. */
function texts(expected: number | 'most' | 'all', fits: RegExp | Partial<Record<string, RegExp>>): Check {
  return async (moody, set) => {
    set()
    const { portal } = moody.on
    const pattern = fits instanceof RegExp ? fits : fits[portal]
    const [before, after] = [deliveries(moody, moody.before), deliveries(moody, await moody.pages())]
    const changed = after.filter((text, i) => text !== before[i])
    assert.equal(after.length, before.length)
    if (expected === 'all') assert.ok(changed.length === after.length, `${changed.length} changed`)
    else if (expected === 'most') assert.ok(changed.length > after.length / 5, `${changed.length} changed`)
    else assert.equal(changed.length, expected)
    for (const text of changed) assert.match(text, pattern ?? /^$/)
  }
}

const day = { tokimi: /^\d+\. \d+\. \d{4}$/, hurtownia: /^\d\d\.\d\d\.\d{4}$/, kontor: /^\d+\. \d+\. \d{4}$/, northpine: /^\d\d\/\d\d\/\d{4}$/ } // prettier-ignore

export const checks: Record<FaultName, Check> = {
  'form-instead-of-table': byPage(/name="(jmeno|login|email|username)"/),
  'form-mid-way': byPage(undefined, /name="(jmeno|login|username)"/, /name="(jmeno|login|username)"/),
  'session-lost': async (moody, set) => {
    set()
    assert.equal((await moody.page(1)).rows.length, moody.before[0]?.rows.length)
    assert.ok([302, 401].includes((await moody.page(2)).status))
    assert.ok([302, 401].includes((await moody.page(1)).status), 'for good')
  },
  'session-lost-at-once': async (moody, set) => {
    set()
    assert.ok([302, 401].includes((await moody.page(1)).status))
  },
  'cookies-dropped': async (moody, set) => {
    set()
    assert.equal((await moody.page(2)).rows.length, moody.before[1]?.rows.length)
    assert.equal((await moody.page(3)).status, 302)
  },
  'other-account': tableHas(/Hračky Novák|Zabawki Nowak|Spielwaren Neumann|Newman Toys/),
  'submit-dead': formHas(/preventDefault/),
  'submit-ignored': signIn({ status: 303 }),
  'fields-renamed': formHas(/id="x-\w+" name="x-\w+"/),
  overlay: formHas(/role="dialog" style="position:fixed;inset:0/),
  'login-refused': signIn({ status: 200, words: /Neplatné|Nieprawidłowy|falsch|Invalid/, refused: 1 }),
  'login-locked': signIn({ status: 200, words: /zablokován|zablokowane|gesperrt|locked/, refused: 1 }),
  'password-expired': signIn({ status: 200, words: /autocomplete="new-password"/ }),
  'code-refused': signIn({ status: 200, words: /użyty kod/, refused: 1, atTheEnd: true }),
  'password-field': tableHas(/<input type="password"/),

  down: everyPage(503, /./),
  'friendly-unavailable': everyPage(503, /./),
  'down-mid-way': byPage(undefined, undefined, 503),
  captcha: everyPage(200, /g-recaptcha/),
  'captcha-after-submit': async (moody, set) => {
    const by = await stranger(moody)
    set()
    const answer = await (moody.on.submit ?? moody.on.signIn)(by)
    assert.match(await answer.text(), /g-recaptcha/)
    assert.deepEqual([moody.portal.logins.attempts, moody.portal.logins.accepted], [1, 0])
  },
  'captcha-mid-way': byPage(undefined, undefined, /g-recaptcha/),
  'too-many-requests': everyPage(429, /./),
  'too-many-mid-way': byPage(undefined, undefined, 429),
  'too-many-once': async (moody, set) => {
    set()
    const answer = await moody.on.ask(moody.by, 1)
    assert.deepEqual([answer.status, answer.headers.get('retry-after')], [429, '30'])
    same(await moody.pages(), moody.before)
  },
  forbidden: everyPage(403, /./),
  'waiting-room': everyPage(200, /http-equiv="refresh" content="2"/),
  'waiting-room-passes': async ({ on, portal }, set) => {
    set()
    const looks = [1, 2, 3].map(async () => (await fetch(portal.url + on.paths.form)).text())
    const waits = (await Promise.all(looks)).filter((text) => text.includes('http-equiv="refresh"'))
    assert.equal(waits.length, 2)
  },
  'maintenance-table': everyPage(200, /<table>[\s\S]*<\/table>/),
  'error-once': async (moody, set) => {
    set()
    assert.equal((await moody.page(2)).status, 500)
    same(await moody.pages(), moody.before)
  },
  'error-mid-way': byPage(undefined, undefined, 500, undefined),

  'late-table': tableHas(/<template id="pozdeji"><table/, 0),
  'late-rows': tableHas(/<template id="pozdeji">\s*<tr>/, 10),
  'endless-spinner': tableHas(/aria-busy="true"/, 0),
  'late-answer': async (moody, set) => {
    set()
    const begun = performance.now()
    const seen = await moody.page(1)
    assert.ok(performance.now() - begun >= 1490)
    assert.deepEqual(seen.rows, moody.before[0]?.rows)
  },
  'endless-answer': endless,
  slow: endless,
  'slow-drip': async (moody, set) => {
    set()
    const answer = await moody.on.ask(moody.by, 1)
    const begun = performance.now()
    const seen = await moody.on.see(answer)
    assert.ok(performance.now() - begun > 1000)
    assert.deepEqual(seen.rows, moody.before[0]?.rows)
  },
  'connection-cut': cutAt(2),
  'download-cut': cutAt(1),

  'empty-page': async (moody, set) => {
    set()
    const [, second, third] = await moody.pages()
    assert.deepEqual([third?.status, third?.rows.length, third?.total], [200, 0, moody.before[2]?.total])
    same([second as Seen], moody.before.slice(1, 2))
  },
  'total-missing': totals(() => null),
  'total-wrong': totals((total) => total + 20),
  'total-moves': totals((total, page) => total + page),
  'short-page': async (moody, set) => {
    set()
    const third = await moody.page(3)
    const before = moody.before[2] as Seen
    assert.equal(third.rows.length, Math.ceil(before.rows.length * 0.4))
    assert.equal(third.total, before.total)
  },
  'page-repeats': async (moody, set) => {
    set()
    const [second, third] = [moody.before[1]?.rows ?? [], (await moody.page(3)).rows]
    assert.deepEqual(third, second.slice(0, third.length))
  },
  'next-missing': async (moody, set) => {
    set()
    const [second] = [await moody.page(2)]
    assert.deepEqual([second.isLast, moody.before[1]?.isLast, second.total], [true, false, moody.before[1]?.total])
  },
  'empty-table': async (moody, set) => {
    set()
    const seen = await moody.page(1)
    const file = moody.on.portal === 'northpine' ? [] : moody.before[0]?.headers
    assert.deepEqual([seen.status, seen.rows.length, seen.total, seen.headers], [200, 0, 0, file])
  },
  'half-gone': async (moody, set) => {
    set()
    const first = await moody.page(1)
    assert.equal(first.total, Math.ceil((moody.before[0]?.total ?? 0) / 2))
  },
  'short-file': async (moody, set) => {
    set()
    const seen = await moody.page(1)
    assert.deepEqual([seen.rows.length, seen.total], [94, 140])
    assert.match(await moody.by.text(`/preisliste?warengruppe=alle&verfuegbarkeit=lieferbar`), /\d+ Artikel gefunden/)
  },
  'trailer-missing': async (moody, set) => {
    set()
    const seen = await moody.page(1)
    assert.deepEqual([seen.rows, seen.total], [moody.before[0]?.rows, null])
    assert.match(await moody.by.text(`/preisliste?warengruppe=alle&verfuegbarkeit=lieferbar`), /\d+ Artikel gefunden/)
  },
  'huge-page': async (moody, set) => {
    set()
    const answer = await moody.on.ask(moody.by, 1)
    assert.ok((await answer.arrayBuffer()).byteLength > 40_000_000)
  },

  'column-moved': headers((before, { on }) => {
    const moved = [on.columns.delivery, ...before.filter((header) => header !== on.columns.delivery)]
    // In data it is the names that matter: what lies within `stock` stays together.
    return on.portal === 'northpine' ? ['stock.eta', 'stock.status', 'stock.qty', 'sku', 'name', 'upc'] : moved
  }, true),
  'column-renamed': headers((before, { on }) => {
    const renamed = { tokimi: 'Termín', hurtownia: 'Termin', kontor: 'Termin', northpine: 'stock.expectedDate' }[
      on.portal
    ]
    return before.map((header) => (header === on.columns.delivery ? renamed : header))
  }),
  'column-added': headers((before, { on }) => {
    const added = { tokimi: 'Datum vydání', hurtownia: 'Data premiery', kontor: 'Erscheinungsdatum', northpine: 'stock.releaseDate' }[on.portal] // prettier-ignore
    return before.flatMap((header) => (header === on.columns.delivery ? [added, header] : [header]))
  }, true),
  'column-gone': headers((before, { on }) => before.filter((header) => header !== on.columns.delivery)),
  'column-twin': headers((before, { on }) =>
    before.flatMap((header) => (header === on.columns.delivery ? [header, header] : [header])),
  ),
  'headers-swapped': async (moody, set) => {
    set()
    const { title, delivery } = moody.on.columns
    const seen = await moody.page(1)
    assert.deepEqual(column([seen], title).filter(Boolean), deliveries(moody, moody.before.slice(0, 1)).filter(Boolean))
    assert.deepEqual(column([seen], delivery), column(moody.before.slice(0, 1), title))
  },
  'cells-shifted': async (moody, set) => {
    set()
    const [seen, before] = [await moody.page(1), moody.before[0]]
    assert.deepEqual(seen.headers, before?.headers)
    assert.deepEqual(seen.rows[0]?.slice(1), before?.rows[0]?.slice(0, -1))
  },
  'columns-disagree': async (moody, set) => {
    set()
    const { status, delivery, quantity } = moody.on.columns
    const [pages, before] = [await moody.pages(), moody.before]
    assert.deepEqual(column(pages, delivery), column(before, delivery), 'the first column stays')
    const other = status ?? quantity ?? 'Stav'
    const now = column(pages, other)
    const changed = now.filter((text, i) => text !== (column(before, other)[i] ?? column(before, delivery)[i]))
    assert.equal(changed.length, 1)
  },
  'cells-missing': async (moody, set) => {
    set()
    const { rows, text } = await moody.page(1)
    const before = moody.before[0]?.rows ?? []
    if (moody.on.portal === 'northpine') assert.ok(!('eta' in JSON.parse(text).items[2].stock))
    else if (moody.on.portal === 'kontor') assert.deepEqual(rows[2], [...(before[2]?.slice(0, -1) ?? []), ''])
    else {
      const width = before[0]?.length ?? 0
      assert.deepEqual(
        [0, 2, 7].map((i) => rows[i]?.length),
        [width, width - 1, width - 1],
      )
    }
  },
  'heading-row': async (moody, set) => {
    set()
    const seen = await moody.page(1)
    if (moody.on.portal === 'kontor') assert.deepEqual(seen.rows[5], ['Neuheiten des Monats', '', '', '', '', ''])
    else assert.match(seen.text, /<th class="skupina" colspan="\d">(Novinky|Nowości)/)
  },
  'code-missing': codesChange(1, 1),
  'broken-encoding': async (moody, set) => {
    set()
    const answer = await moody.on.ask(moody.by, 1)
    assert.match(answer.headers.get('content-type') ?? '', /utf-8/i)
    const bytes = await answer.arrayBuffer()
    assert.throws(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    assert.match(new TextDecoder('windows-1250').decode(bytes), /Dostupnost a|Katalog a dostupnost|Dostępność/)
  },
  noise: async (moody, set) => {
    set()
    const { table } = moody.on.paths
    assert.notEqual(await moody.by.text(table), await moody.by.text(table))
    for (const [i, { rows, headers: met }] of (await moody.pages()).entries())
      assert.deepEqual([met, rows], [moody.before[i]?.headers, moody.before[i]?.rows])
  },

  'order-random': async (moody, set) => {
    set()
    const [once, twice] = [codes(moody, [await moody.page(1)]), codes(moody, [await moody.page(1)])]
    assert.notDeepEqual(once, twice)
    assert.equal(new Set(once).size, once.length)
  },
  'duplicate-key': async (moody, set) => {
    set()
    const all = codes(moody, await moody.pages())
    assert.equal(new Set(all).size, all.length - 1)
  },
  'key-reused': async (moody, set) => {
    set()
    const pages = await moody.pages()
    assert.deepEqual(codes(moody, pages), codes(moody, moody.before))
    const [now, before] = [pages, moody.before].map((seen) => column(seen, moody.on.columns.title))
    assert.deepEqual(
      now?.filter((title, i) => title !== before?.[i]).map((title) => /Bob[ií]k/.test(title)),
      [true],
    )
  },
  'key-renamed': codesChange(1, 1),
  'key-gone': codesChange(1, 0),

  'locale-flipped': async (moody, set) => {
    set()
    const [before, after] = [deliveries(moody, moody.before), deliveries(moody, await moody.pages())]
    const changed = after.flatMap((text, i) => (text === before[i] ? [] : [i]))
    assert.ok(changed.length > 5 && changed.every((i) => i >= after.length / 2), 'only in the second half')
    const pairs = changed.map((i) => [before[i], after[i]].map((text) => text?.match(/\d+/g)?.map(Number).toSorted()))
    for (const [was, is] of pairs) assert.deepEqual(is, was, 'the same numbers')
  },
  'impossible-dates': texts(3, /^(12\/31\/2026|15\/03\/2027)$/),
  'all-shifted': texts('most', /\d/),
  'formatting-only': async (moody, set) => {
    set()
    const [before, after] = [deliveries(moody, moody.before), deliveries(moody, await moody.pages())]
    assert.ok(after.filter((text, i) => text !== before[i]).length > after.length / 5)
    if (moody.on.portal !== 'kontor') assert.deepEqual(after.map(unformatted), before.map(unformatted))
    if (moody.on.portal === 'tokimi') assert.match((await moody.page(1)).text, /&nbsp;/)
  },
  'month-given': texts(1, /^[\p{L}]+ 2027$/u),
  'quarter-given': texts(1, /(^Q1|^I kwartał|^1\. Quartal) 2027$/),
  'refined-within': texts(1, /^15\. 2\. 2027$|^15\.02\.2027$|^02\/15\/2027$/),
  'looks-like-date': texts(3, /1\/7|14|12\/24/),
  'unreadable-some': texts(3, /\p{L}/u),
  'unreadable-all': texts('all', /\p{L}/u),
  'relative-texts': texts(3, /14|3/),
  'sentinel-dates': texts(3, /1970|2099/),
  'past-dates': texts(3, day),
  'unknown-status': async (moody, set) => {
    set()
    const header = moody.on.columns.status ?? moody.on.columns.delivery
    const [now, before] = [column(await moody.pages(), header), column(moody.before, header)]
    assert.equal(now.filter((text, i) => text !== before[i]).length, 3)
  },
}

function unformatted(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().toLowerCase()
}

async function endless({ on, by, portal }: Moody, set: () => void): Promise<void> {
  set()
  const answer = await on.ask(by, 1)
  assert.equal(answer.status, 200)
  const reading = answer.text()
  const winner = await Promise.race([reading, new Promise((resolve) => setTimeout(resolve, 300, 'still on'))])
  assert.equal(winner, 'still on')
  portal.faultSwitch.name = null
  assert.match(await reading, /http-equiv="refresh" content="0;url=/)
}

function cutAt(page: number): Check {
  return async (moody, set) => {
    set()
    const answer = await moody.on.ask(moody.by, page)
    assert.equal(answer.status, 200)
    await assert.rejects(answer.arrayBuffer(), 'it breaks off')
  }
}
