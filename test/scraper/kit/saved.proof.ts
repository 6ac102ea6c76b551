import assert from 'node:assert/strict'
import { cp, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { makeTestKit } from './a-kit.ts'

const kit = await makeTestKit(['demo', 'bare'])
after(() => kit[Symbol.asyncDispose]())

const offline = { SUPPLIER_DEMO_USERNAME: undefined, SUPPLIER_DEMO_PASSWORD: undefined }
const saved = join(kit.suppliers, 'demo', 'saved')
const expectation = join(saved, 'list.expected.json')

test('save keeps page, expectation, and number, without any credential, and says what is to be reviewed', async () => {
  const { out, code, err } = await kit.run(['save', 'demo', '--name', 'list'])
  assert.equal(err, '')
  assert.equal(code, 0)
  assert.deepEqual((await readdir(saved)).sort(), ['definition.json', 'list.expected.json', 'list.html'])
  assert.match(out, /^Saved: .*list\.html, with 50 items, of the 200 that the whole run read$/m)
  assert.match(out, /look at the expectation as if somebody else had made it/)
  const html = await readFile(join(saved, 'list.html'), 'utf8')
  assert.doesNotMatch(html, /tajne-heslo|value="obchod"/)
  const { items, anchor, address } = JSON.parse(await readFile(expectation, 'utf8')) as Record<string, unknown>
  assert.match(String(anchor), /^\d{4}-\d\d-\d\d$/)
  assert.match(String(address), /\/katalog/)
  const first = (items as Record<string, unknown>[])[0] ?? {}
  assert.deepEqual(Object.keys(first), ['code', 'title', 'ean', 'cells', 'reading'])
})

test('check reads it again without portal and credentials, and names whom nothing is saved of', async () => {
  const { out, code } = await kit.run(['check'], { env: { ...offline, SUPPLIER_DEMO_ADDRESS: undefined } })
  assert.equal(code, 0)
  assert.match(out, /^✔ demo: 1 saved page, 50 items, number 1$/m)
  assert.match(
    out,
    /^✔ bare: no saved pages, number 1\n {4}number 1 is not written down yet.*\n {4}nothing is saved of it/m,
  )
  assert.match(out, /^2 suppliers, 1 saved page in [\d.]+ s: all as expected$/m)
})

test('save refuses a name that is taken before the portal is bothered', async () => {
  const before = kit.portal.logins.attempts
  const { err, code } = await kit.run(['save', 'demo', '--name', 'list'])
  assert.match(err, /^.*list is there already: --replace replaces it.*\n$/)
  assert.equal(code, 1)
  assert.equal(kit.portal.logins.attempts, before)
})

test('what is read otherwise is a table of code, text expected and met; --accept writes it down', async () => {
  const html = await readFile(join(saved, 'list.html'), 'utf8')
  const text = JSON.parse(await readFile(expectation, 'utf8')) as { items: { cells: Record<string, string> }[] }
  const said = text.items[0]?.cells['Dostupnost'] ?? ''
  await writeFile(join(saved, 'list.html'), html.replace(said, 'vyprodáno').replace('FIG-1002', 'FIG-9002'))
  const { out, code } = await kit.run(['check', 'demo'], { env: offline })
  assert.equal(code, 1)
  assert.match(out, /^ {6}code +what +expected +read now$/m)
  assert.match(out, /^ {6}FIG-1002 +item +.+ +not there$/m)
  assert.match(out, /^ {6}FIG-9002 +item +not there +.+$/m)
  assert.match(out, /^ {6}FIG-1001 +Dostupnost +.+ +vyprodáno$/m)
  assert.match(out, /^ {6}FIG-1001 +reading +2.+ +sold out$/m)
  assert.match(out, /^ {4}.*list\.html is read otherwise than expected; if that is right: .* --accept$/m)
  assert.equal((await kit.run(['check', 'demo', '--accept'], { env: offline })).code, 0)
  assert.match(await readFile(expectation, 'utf8'), /FIG-9002/)
})

test('a header that is gone is told with those that are there', async () => {
  const html = await readFile(join(saved, 'list.html'), 'utf8')
  await writeFile(join(saved, 'list.html'), html.replace('>Dostupnost<', '>Naskladnění<'))
  const { out, code } = await kit.run(['check', 'demo'], { env: offline })
  assert.equal(code, 1)
  assert.match(out, /^ {4}.*list\.html: .*Dostupnost.*Naskladnění/m)
  await writeFile(join(saved, 'list.html'), html)
})

test('a definition that changed without a higher number fails, until the number is raised and written down', async () => {
  assert.equal((await kit.run(['check', 'bare', '--note'])).code, 0)
  await kit.edit('bare', 'words: {}', "words: { kdoví: { kind: 'on-request' } }")
  const forgotten = await kit.run(['check', 'bare'])
  assert.equal(forgotten.code, 1)
  assert.match(forgotten.out, /words, columns or options changed, and number is still 1: raise it to 2/)
  assert.equal((await kit.run(['check', 'bare', '--note'])).code, 1, 'the same number is not noted anew')
  assert.match((await kit.run(['save', 'bare'])).err, /raise it to 2/)

  await kit.edit('bare', 'number: 1', 'number: 2')
  const raised = await kit.run(['check', 'bare'])
  assert.equal(raised.code, 0)
  assert.match(raised.out, /number 2 was raised; write it down: npm run supplier check bare -- --note/)
  assert.equal((await kit.run(['check', 'bare', '--note'])).code, 0)
  const { number } = JSON.parse(await kit.read('bare/saved/definition.json')) as { number: number }
  assert.equal(number, 2)
})

test('replay shows what today’s code reads otherwise from the evidence of a try, and what is new to it', async () => {
  const { out } = await kit.run(['try', 'demo'])
  const folder = /^Kept in (.+)$/m.exec(out)?.[1] ?? ''
  const same = await kit.run(['replay', 'demo', folder], { env: offline })
  assert.match(same.out, /page\.html: 50 items, read as before\n$/)
  assert.equal(same.code, 0)

  await kit.edit('demo', 'words: {}', "words: { 'na dotaz': { kind: 'sold-out' } }")
  const other = await kit.run(['replay', 'demo', folder], { env: offline })
  assert.match(other.out, /^FIG-\d+ +reading +on request +sold out$/m)
  assert.equal(other.code, 1)

  const alone = join(kit.data, 'alone')
  await cp(join(folder, 'page.html'), join(alone, 'page.html'))
  const unknown = await kit.run(['replay', 'demo', alone, '--address', '/katalog'], { env: offline })
  assert.match(unknown.out, /50 items; nothing is known of what was read from it before\ncode +title/)
  assert.equal(unknown.code, 0)
  const empty = await kit.run(['replay', 'demo', kit.temporary], { env: offline })
  assert.match(empty.err, /^.*: expected a page \(page\.html\) or a downloaded file, met neither\n$/)
})

test('a run that failed saves nothing', async () => {
  const { out, code } = await kit.run(['save', 'bare'], { env: { SUPPLIER_BARE_PASSWORD: 'spatne' } })
  assert.equal(code, 1)
  assert.match(out, /Failed \(login-refused\)[\s\S]*Nothing was saved\.\n$/)
  assert.deepEqual(await readdir(join(kit.suppliers, 'bare', 'saved')), ['definition.json'])
})

test('a page that evidence had to cut is not saved', async () => {
  kit.portal.shelf.edit('FIG-1001', { delivery: 'x'.repeat(1_000_000) })
  const { err, code } = await kit.run(['save', 'bare'])
  assert.equal(code, 1)
  assert.match(err, /^Nothing was saved: the page is larger than what is kept of one \(900 kB\) and was cut\./)
  assert.deepEqual(await readdir(join(kit.suppliers, 'bare', 'saved')), ['definition.json'])
})
