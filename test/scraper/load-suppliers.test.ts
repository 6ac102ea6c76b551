import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { FolderError } from '#core/process/load-folder.ts'
import { SettingsError } from '#core/process/settings.ts'
import { loadSuppliers } from '#scraper/load-suppliers.ts'

const demoFolder = 'infra/demo/suppliers'
const others = ['HURTOWNIA', 'KONTOR', 'NORTHPINE'].flatMap((id) => [
  [`SUPPLIER_${id}_USERNAME`, 'u'],
  [`SUPPLIER_${id}_PASSWORD`, 'p'],
])
const variables: Record<string, string> = {
  ...Object.fromEntries(others),
  SUPPLIER_HURTOWNIA_TOTP: 'JBSWY3DPEHPK3PXP',
  SUPPLIER_DEMO_USERNAME: 'obchod',
  SUPPLIER_DEMO_PASSWORD: 'x',
}
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'avizo-suppliers-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function addSupplier(id: string, text: string): Promise<void> {
  await mkdir(join(folder, id))
  await writeFile(join(folder, id, 'definition.ts'), text)
}

const platform = `{ name: 'test', robot: (options) => { if (!options) throw new Error('x') ; return async () => [] } }`
function source(changes = ''): string {
  return `export const definition = { name: 'S', number: 1, language: 'cs', timeZone: 'Europe/Prague',
    schedule: { cron: '0 7 * * *' }, columns: [{ name: 'D', holds: 'availability' }],
    address: 'https://portal.cz/', platform: ${platform}, options: {}, ${changes} }`
}

test('the demo’s suppliers load: a folder is an id, credentials and address come from the settings', async () => {
  const address = 'http://127.0.0.1:9999/'
  const suppliers = await loadSuppliers({
    folder: demoFolder,
    variables: { ...variables, SUPPLIER_DEMO_ADDRESS: address },
  })
  assert.deepEqual([...suppliers.keys()].sort(), ['demo', 'hurtownia', 'kontor', 'northpine'])
  const demo = suppliers.get('demo')
  assert.equal(demo?.address, 'http://127.0.0.1:9999')
  assert.deepEqual(demo.secrets, { username: 'obchod', password: 'x' })
})

test('without a setting the address is the definition’s, and the id’s dashes are underscores in settings', async () => {
  await addSupplier('my-shop', source())
  const settings = { SUPPLIER_MY_SHOP_USERNAME: 'u', SUPPLIER_MY_SHOP_PASSWORD: 'p' }
  const suppliers = await loadSuppliers({ folder, variables: settings })
  assert.equal(suppliers.get('my-shop')?.address, 'https://portal.cz')
})

test('missing credentials are all named, with the supplier that needs them', async () => {
  await addSupplier('one', source())
  await addSupplier('two', source(`credentials: ['username', 'totp_secret']`))
  await assert.rejects(loadSuppliers({ folder, variables: {} }), (error) => {
    assert.ok(error instanceof SettingsError)
    assert.deepEqual(
      error.problems.map((problem) => problem.split(':')[0]),
      ['SUPPLIER_ONE_USERNAME', 'SUPPLIER_ONE_PASSWORD', 'SUPPLIER_TWO_USERNAME', 'SUPPLIER_TWO_TOTP_SECRET'],
    )
    return true
  })
})

test('everything that is wrong with definitions is named at once, each by its file and field', async () => {
  await addSupplier('one', source('number: 0'))
  await addSupplier('two', 'export const defintion = {}')
  await addSupplier('Three', source())
  await assert.rejects(loadSuppliers({ folder, variables: {} }), (error) => {
    assert.ok(error instanceof FolderError)
    const lines = error.message.split('\n')
    assert.equal(lines.length, 3)
    assert.match(error.message, /one\/definition\.ts: definition\.number: /)
    assert.match(error.message, /two\/definition\.ts: definition: /)
    assert.match(error.message, /Three\/definition\.ts: name of the folder: /)
    return true
  })
})

test('options that the platform refuses are named by file', async () => {
  const folderOfWrongOptions = 'options: { acount: 1 }'
  const real = new URL('../../scraper/platforms/velkoobchod/platform.ts', import.meta.url).href
  const text = `import { velkoobchod } from '${real}'\n${source(folderOfWrongOptions).replace(platform, 'velkoobchod')}`
  await addSupplier('one', text)
  await assert.rejects(loadSuppliers({ folder, variables: {} }), /one\/definition\.ts: definition\.options\.account: /)
})

const described = `import { described } from '${new URL('../../scraper/platforms/described/platform.ts', import.meta.url).href}'\n`
const tables: [table: string, said: RegExp][] = [
  ['undefined', /definition\.options\.source\.table: is missing: expected string; or is missing: expected object/],
  ["'#a['", /definition\.options\.source\.table: "#a\[" is no CSS selector: Expected attribute name/],
  ["{ row: '.box' }", /definition\.options\.source\.table\.cells: is missing: expected record/],
]
for (const [table, said] of tables) {
  test(`a table that is given as ${table} is refused in the words of what was meant`, async () => {
    const options = `options: { signIn: { kind: 'none' }, source: { kind: 'table', path: '/', table: ${table},
      fields: { code: ['A'], title: ['B'] } } }, credentials: []`
    await addSupplier('one', described + source(options).replace(platform, 'described'))
    await assert.rejects(loadSuppliers({ folder, variables: {} }), said)
  })
}

test('a file that does not even load is named', async () => {
  await addSupplier('one', 'export const definition = {')
  await assert.rejects(loadSuppliers({ folder, variables: {} }), /one\/definition\.ts: cannot be loaded/)
})
