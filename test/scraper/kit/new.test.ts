import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { root } from '#infra/places.ts'
import { makeTestKit } from './a-kit.ts'

const kit = await makeTestKit()
after(() => kit[Symbol.asyncDispose]())

const needed = ['--name', `Acme's "B2B"`, '--address', 'https://b2b.acme.example', '--language', 'cs']
const read = ['--code', 'Kód|Kód zboží', '--title', 'Název', '--availability', 'Dostupnost|Termín', '--quantity', 'Ks']

test('without a terminal nothing is asked: all that is missing is named at once, and nothing is written', async () => {
  const { err, out, code } = await kit.run(['new', 'acme', '--name', 'Acme'])
  assert.equal(code, 2)
  assert.equal(out, '')
  const named = [...err.matchAll(/^ {2}--([a-z-]+)/gm)].map((match) => match[1])
  assert.deepEqual(named, ['address', 'language', 'sign-in', 'source', 'code', 'title', 'availability'])
  assert.deepEqual(await readdir(kit.suppliers), ['demo'])
})

test('what is wrong is named at once', async () => {
  const wrong = ['--language', 'cz', '--address', 'acme', '--schedule', 'often', '--path', 'stock']
  const { err, code } = await kit.run(['new', 'acme', ...wrong])
  assert.equal(code, 2)
  assert.deepEqual(
    [...err.matchAll(/^ {2}--([a-z-]+)/gm)].map((match) => match[1]),
    ['address', 'language', 'schedule', 'path'],
  )
  const badCron = [...needed, ...read, '--sign-in', 'none', '--source', 'table', '--schedule', '99 * * * *']
  const late = await kit.run(['new', 'acme', ...badCron])
  assert.match(late.err, /^Nothing was written: definition\.ts: definition\.schedule\.cron: .*\n$/)
  assert.deepEqual(await readdir(kit.suppliers), ['demo'])
})

test('an id that is taken or bad is refused', async () => {
  const taken = await kit.run(['new', 'demo'])
  assert.match(taken.err, /^.*demo is there already; choose another id.*\n$/)
  assert.equal(taken.code, 1)
  const bad = await kit.run(['new', '../Acme'])
  assert.match(bad.err, /^new \.\.\/Acme: a supplier id is 2 to 40 of a–z.*\n$/)
  assert.equal(bad.code, 2)
})

const sources = ['table', 'csv', 'xlsx', 'xml', 'json', 'page-json']
const signIns = ['form', 'two-step', 'form-totp', 'two-step-totp', 'basic', 'none']

test('what is written typechecks, is in form, and says what to do next', async () => {
  await Promise.all(sources.map(makeOne))
  for (const source of sources) {
    const file = `t-${source}/definition.ts`
    const text = await kit.read(file)
    assert.equal(formatted(text), text)
  }
  assert.equal(typeProblems(), '')
})

async function makeOne(source: string, n: number): Promise<void> {
  const signIn = signIns[n] ?? 'none'
  const flags = [...needed, ...read, '--source', source, '--sign-in', signIn, '--total', '.count']
  const { out, err, code } = await kit.run(['new', `t-${source}`, ...flags])
  assert.equal(err, '')
  assert.equal(code, 0)
  assert.match(out, new RegExp(`^Then: npm run supplier try t-${source}$`, 'm'))
  if (signIn.endsWith('totp')) assert.match(out, new RegExp(`^ {2}SUPPLIER_T_${source.toUpperCase()}_TOTP=…$`, 'm'))
}

function formatted(input: string): string {
  const args = ['--stdin-filepath', 'scraper/suppliers/t/definition.ts']
  return spawnSync(join(root, 'node_modules/.bin/oxfmt'), args, { cwd: root, input, encoding: 'utf8' }).stdout
}

/** By the project's own rules, which leave out the folder where tests have their things. */
function typeProblems(): string {
  const own = join(kit.suppliers, 'tsconfig.json')
  const rules = { extends: join(root, 'tsconfig.json'), include: ['./*/definition.ts'], exclude: [] }
  writeFileSync(own, JSON.stringify(rules))
  return spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', own], { cwd: root, encoding: 'utf8' }).stdout
}

test('from pages of the portal it proposes selectors, headers and paging, and what it made reads the portal', async () => {
  const tried = await kit.run(['try', 'demo'])
  const page = /^ {2}page: (.+)$/m.exec(tried.out)?.[1] ?? ''
  const from = ['--from', `${kit.portal.url}/prihlaseni`, page]
  const own = [
    '--name',
    'Acme',
    '--path',
    '/katalog',
    '--signed-in',
    '.ucet-jmeno',
    '--signed-in-text',
    'Figurkov s.r.o.',
  ]
  const made = await kit.run(['new', 'acme', ...from, ...own])
  assert.equal(made.err, '')
  assert.equal(made.code, 0)
  const text = await kit.read('acme/definition.ts')
  for (const part of [
    "path: '/prihlaseni'",
    "table: '#zbozi'",
    "name: 'strana'",
    "code: ['Kód']",
    "name: 'Dostupnost'",
    'others: [',
  ]) {
    assert.ok(text.includes(part), `${part} in ${text}`)
  }
  const env = { SUPPLIER_ACME_USERNAME: 'obchod', SUPPLIER_ACME_PASSWORD: 'tajne-heslo-2026' }
  const { out, code } = await kit.run(['try', 'acme'], { env })
  assert.match(out, /^Whole: 200 rows/m)
  assert.equal(code, 0)
})

test('a page that is not there is one line', async () => {
  const { err, code } = await kit.run(['new', 'other', '--from', 'nowhere.html'])
  assert.match(err, /^--from nowhere\.html: expected an address that begins with https:\/\/, or a saved page\n$/)
  assert.equal(code, 2)
})
