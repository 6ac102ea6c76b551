import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { placesIn, root } from '#infra/places.ts'
import { daemonRuns } from '#infra/pm2.ts'
import { otherStarter } from '#infra/started.ts'

const folder = mkdtempSync(join(tmpdir(), 'avizo-started-'))
const places = placesIn(join(folder, 'var'))
after(() => rmSync(folder, { recursive: true, force: true }))

for (const left of ['nothing', 'a dead start']) {
  test(`of starts at the same time only one goes on, where ${left} was left`, async () => {
    rmSync(places.folder, { recursive: true, force: true })
    mkdirSync(places.folder)
    if (left === 'a dead start') {
      const dead = { pid: process.pid, ports: {}, mark: 'infra/start.ts' }
      writeFileSync(places.starter, JSON.stringify(dead))
    }
    const starts = [claiming(), claiming(), claiming()]
    const said = await Promise.all(starts.map(firstWords))
    const winner = starts[said.indexOf('claimed')]
    assert.equal(said.filter((words) => words === 'claimed').length, 1, said.join('\n'))
    assert.equal(said.filter((words) => /is bringing it up just now/.test(words)).length, 2, said.join('\n'))
    assert.equal(otherStarter(places), winner?.pid)
    assert.deepEqual(readdirSync(places.folder), ['starter.pid.json'])
    const ended = starts.map((start) => once(start, 'exit'))
    for (const start of starts) start.stdin.end()
    await Promise.all(ended)
  })
}

test('the daemon of another PM2, whose pid stands in our file since a power cut, is not ours', async () => {
  mkdirSync(places.pm2, { recursive: true })
  for (const [home, ours] of [
    ['/home/other/.pm2', false],
    [`${places.pm2}-other`, false],
    [places.pm2, true],
  ] as const) {
    const daemon = titled(`PM2 v7.0.1: God Daemon (${home})`)
    await once(daemon.stdout, 'data')
    writeFileSync(join(places.pm2, 'pm2.pid'), String(daemon.pid))
    assert.equal(daemonRuns(places), ours, `${home}: ${readFileSync(`/proc/${daemon.pid}/cmdline`, 'utf8')}`)
    daemon.kill()
    await once(daemon, 'exit')
  }
})

/** A start that claims, tells the outcome, and lives until its input ends. */
function claiming() {
  const code = `
    import { claimStart } from '#infra/started.ts'
    import { placesIn } from '#infra/places.ts'
    try { claimStart(placesIn(${JSON.stringify(places.folder)})); console.log('claimed') }
    catch (error) { console.log(error.message) }
    process.stdin.resume()`
  const args = ['--input-type=module', '--eval', code, 'infra/start.ts']
  return spawn(process.execPath, args, { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] })
}

async function firstWords({ stdout }: ReturnType<typeof claiming>): Promise<string> {
  const [data] = (await once(stdout, 'data')) as [Buffer]
  return data.toString().trim()
}

/** A title has only as much room as the command line had: so that is a long one. */
function titled(title: string) {
  const code = `process.title = ${JSON.stringify(title)}; console.log('titled'); setInterval(() => {}, 1000)`
  return spawn(process.execPath, ['--eval', code], { stdio: ['ignore', 'pipe', 'inherit'] })
}
