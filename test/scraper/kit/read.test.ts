import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { root } from '#infra/places.ts'
import { makeTestKit, runKit } from './a-kit.ts'

const kit = await makeTestKit()
after(() => kit[Symbol.asyncDispose]())

const rows = readFileSync(join(root, 'test/core/domain/grammar/dates.tsv'), 'utf8')
  .split('\n')
  .slice(1)
  .filter((line) => line !== '')
  .map((line) => line.split('\t'))

for (const language of new Set(rows.map(([one]) => one ?? ''))) {
  test(`cells of ${language} go in a line each, and come out with their readings in the same order`, async () => {
    const own = rows.filter(([one]) => one === language)
    const input = own.map(([, , text]) => `${text}\n`).join('')
    const { out, code } = await runKit(['read', '--language', language, '--anchor', '2026-11-21'], { input })
    assert.equal(out, own.map((row) => `${row.slice(2).join('\t')}\n`).join(''))
    assert.equal(code, 0)
  })
}

test('every line gives a line: empty ones, a last one without an end, and such as Windows ends them', async () => {
  const input = 'skladem\r\n\n \nněco\tjiného\nskladem'
  const { out } = await runKit(['read', '--language', 'cs', '--anchor', '2026-11-21'], { input })
  const unreadable = 'unreadable\t\t\t'
  assert.deepEqual(out.split('\n'), [
    'skladem\tin-stock\t\t\t',
    `\t${unreadable}`,
    ` \t${unreadable}`,
    `něco jiného\t${unreadable}`,
    'skladem\tin-stock\t\t\t',
    '',
  ])
})

test('letters cut by the end of a chunk are whole again, and white space other than line feeds stays in its cell', async () => {
  const cell = 'v\u00a0prosinci\u20282026 ěščřžýáíé'
  const { out } = await runKit(['read', '--language', 'cs', '--anchor', '2026-11-21'], {
    input: `${cell}\n`.repeat(20_000),
  })
  const lines = out.split('\n')
  assert.equal(lines.length, 20_001)
  assert.equal(new Set(lines.slice(0, -1)).size, 1)
})

test('a mark is a sixth column, where it is asked for', async () => {
  const args = ['read', '--language', 'cs', '--anchor', '2026-11-21']
  const { out } = await runKit([...args, '--marks'], { input: 'od 15. 1. 2027\nskladem\n' })
  assert.equal(out, 'od 15. 1. 2027\texpected\t2027-01-15\t2027-01-15\tday\tfrom\nskladem\tin-stock\t\t\t\t\n')
})

test('a supplier brings its language and its own words', async () => {
  await kit.edit('demo', 'words: {}', "words: { 'Termín dle výrobce': { kind: 'on-request' } }, blank: 'on-request'")
  const { out } = await kit.run(['read', '--supplier', 'demo'], { input: 'termín  dle VÝROBCE\n-\n' })
  assert.equal(out, 'termín  dle VÝROBCE\ton-request\t\t\t\n-\ton-request\t\t\t\n')
})

test('what is wrong is one line, with exit code 2', async () => {
  const wrong: [string[], RegExp][] = [
    [['--language', 'cz'], /^read: --language cz is not one of cs, sk, pl, de, en, en-GB, en-US\n$/],
    [['--language', 'cs', '--anchor', '2026-02-30'], /^--anchor 2026-02-30: expected a day that exists.*\n$/],
    [[], /^read: give --language \(such as cs\) or --supplier\n$/],
    [['--langage', 'cs'], /unknown option '--langage'/],
  ]
  for (const [args, words] of wrong) {
    const { code, err, out } = await runKit(['read', ...args])
    assert.match(err, words)
    assert.equal(code, 2)
    assert.equal(out, '')
  }
})

test('a reader that goes away ends it quietly, and without its end it waits', async () => {
  const args = ['infra/supplier.ts', 'read', '--language', 'cs']
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['pipe', 'pipe', 'pipe'] })
  let said = ''
  child.stderr.on('data', (data: Buffer) => (said += data.toString()))
  child.stdin.on('error', () => {}) // It no longer reads.
  child.stdin.write('skladem\n'.repeat(200_000))
  await once(child.stdout, 'data')
  child.stdout.destroy()
  child.stdin.end('skladem\n'.repeat(200_000))
  const [code] = await once(child, 'exit')
  assert.equal(said, '')
  assert.equal(code, 0)
})

test('a large input takes no more memory than a small one', async () => {
  // What comes out of it is several times the heap that it may have.
  const args = ['--max-old-space-size=24', 'scraper/kit/main.ts', 'read', '--language', 'cs', '--anchor', '2026-11-21']
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] })
  let bytes = 0
  child.stdout.on('data', (data: Buffer) => (bytes += data.length))
  const prose = `${'termín sdělíme později '.repeat(40)}\n`
  const block = prose.repeat(1_000)
  for (let n = 0; n < 80; n += 1) if (!child.stdin.write(block)) await once(child.stdin, 'drain')
  child.stdin.end()
  const [code] = await once(child, 'close')
  assert.equal(code, 0)
  assert.equal(bytes, 80_000 * (Buffer.byteLength(prose) + 'unreadable\t\t\t\t'.length))
})
