import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { root } from '#infra/places.ts'

// The script itself, with a system of its own: apt, dpkg and systemctl are played, and its paths lie in this folder.
const folder = mkdtempSync(join(tmpdir(), 'avizo-apt-'))
const bin = join(folder, 'bin')
const installed = join(folder, 'installed')
const said = join(folder, 'said')
const script = join(folder, 'apt-install.sh')
mkdirSync(bin)
mkdirSync(installed)
play('apt-get', `touch ${installed}/rabbitmq-server ${installed}/erlang-base`)
play('apt-cache', 'exit 0')
play('dpkg', 'exit 0')
play('dpkg-query', `[ -e ${installed}/$3 ] && printf 'install ok installed'`)
play('systemctl', `echo "$@" >>${said}`)
const original = readFileSync(join(root, 'infra/setup/apt-install.sh'), 'utf8')
writeFileSync(
  script,
  original.replace('/usr/sbin/policy-rc.d', join(folder, 'policy')).replace('/run/systemd/system', folder),
)
after(() => rmSync(folder, { recursive: true, force: true }))

test('services of packages that we brought do not start at the next boot', () => {
  assert.deepEqual(disabledAfter([]), ['rabbitmq-server.service', 'epmd.socket', 'epmd.service'])
})

test('services of packages that were there before stay as they are', () => {
  assert.deepEqual(disabledAfter(['erlang-base']), ['rabbitmq-server.service'])
  assert.deepEqual(disabledAfter(['rabbitmq-server', 'erlang-base']), [])
})

test('mail servers that we bring are not set up, nor do their services start at the next boot', () => {
  play('apt-get', `echo "$@" >>${said}; touch ${installed}/postfix ${installed}/opendkim`)
  play('debconf-set-selections', `cat >>${said}`)
  assert.deepEqual(disabledAfter(['opendkim'], 'postfix'), ['postfix.service'])
  assert.match(readFileSync(said, 'utf8'), /^postfix postfix\/main_mailer_type select No configuration\n.*--no-remove/)
  assert.deepEqual(disabledAfter(['opendkim', 'postfix'], 'postfix'), [])
  assert.doesNotMatch(readFileSync(said, 'utf8'), /main_mailer_type/)
})

function disabledAfter(before: string[], wanted = 'rabbitmq-server'): string[] {
  rmSync(installed, { recursive: true })
  mkdirSync(installed)
  for (const name of before) writeFileSync(join(installed, name), '')
  writeFileSync(said, '')
  const { status, stderr } = spawnSync('sh', [script, wanted], {
    env: { PATH: `${bin}:/usr/bin:/bin` },
    encoding: 'utf8',
  })
  assert.equal(status, 0, stderr)
  const words = readFileSync(said, 'utf8').split(/\s+/)
  return words.filter((word) => /\.(service|socket)$/.test(word))
}

function play(name: string, does: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${does}\n`, { mode: 0o755 })
}
