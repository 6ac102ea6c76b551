import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Command } from 'commander'
import { makeProgram } from '#api/cli/program.ts'
import { makeClient } from '#api/cli/client.ts'
import { commandWith, startTerminal, type Terminal } from './a-terminal.ts'

/** What holds for every command alike. */
let terminal: Terminal
before(async () => {
  terminal = await startTerminal()
})
after(() => terminal.close())

const nowhere = makeClient(() => assert.fail('no command asks the API for its help'))
const program = makeProgram({ client: nowhere, out: { write: () => {} }, isTerminal: false, ask: async () => false })
const commands = everyOf(program)

function everyOf(command: Command): Command[] {
  return command.commands.flatMap((one) => [one, ...everyOf(one)])
}

test('every command that does something prints what the API answered, if it is asked to', () => {
  // What only groups others does nothing by itself.
  const silent = commands.filter(
    (one) => one.commands.length === 0 && !one.options.some(({ long }) => long === '--json'),
  )
  assert.deepEqual(silent.map((one) => one.name()), []) // prettier-ignore
  assert.ok(commands.length > 30)
})

test('every usage has the " -- " behind which npm leaves options alone', () => {
  for (const one of commands) assert.match(one.helpInformation(), /^Usage: npm run avizo -- \S/, one.name())
})

test('--json is heard before and behind the command of a group', async () => {
  for (const args of [
    ['suppliers', 'pause', 'demo', '--because', 'it moves', '--json'],
    ['suppliers', '--json', 'resume', 'demo'],
  ])
    assert.equal(JSON.parse(await terminal.avizo(...args)).id, 'demo')
  assert.equal(JSON.parse(await terminal.avizo('links', 'set', 'P-1', 'demo/FIG-1', '--json')).product, 'P-1')
  assert.equal(JSON.parse(await terminal.avizo('links', 'forget', 'P-1', '--json')).items.length, 1)
  assert.equal(JSON.parse(await terminal.avizo('opt-out', 'eva@example.com', '--json')).email, 'eva@example.com')
})

test('help needs no settings; a command says which one is missing', async () => {
  for (const args of [['--help'], [], ['runs', '--help']]) {
    const { code, said } = await commandWith({}, ...args)
    assert.deepEqual([code, said.startsWith('Usage: npm run avizo -- ')], [0, true], said)
  }
  const { code, said } = await commandWith({}, 'runs')
  assert.deepEqual([code, /API_KEY: is missing/.test(said)], [3, true], said)
})

test('what is no number of entries, no mode and no file is refused in one sentence', async () => {
  for (const args of [
    ['runs', '--limit', 'abc'],
    ['runs', '--limit', '0'],
    ['notices', '--limit', '-3'],
  ]) {
    const { code, said } = await terminal.command(...args)
    assert.equal(code, 2)
    assert.match(said, /^error: option '--limit <n>' argument '.*' is invalid\. Give a number from 1 on\.\n$/)
  }
  const mode = await terminal.command('sending', 'maybe')
  assert.equal(mode.code, 2)
  assert.match(mode.said, /^error: .*'maybe' is invalid.*live, hold, off\.\n$/)
  const logs = await terminal.command('restored', '/nope.log')
  assert.deepEqual(logs, { code: 1, said: "/nope.log cannot be read (ENOENT: no such file or directory, open '/nope.log').\n" }) // prettier-ignore
  const wrong = await terminal.command('opt-out', 'nobody')
  assert.equal(wrong.code, 1)
  assert.equal(wrong.said.match(/email/gi)?.length, 2, `what is wrong is said once: ${wrong.said}`)
})
