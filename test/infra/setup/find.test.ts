import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { findBroker } from '#infra/setup/broker.ts'
import { cacheFolder } from '#infra/setup/cache-folder.ts'
import { findChromium } from '#infra/setup/chromium.ts'
import { wheelProgram } from '#infra/setup/mongod-wheel.ts'
import { adviceFor, PartMissing } from '#infra/setup/part-missing.ts'
import { findStore } from '#infra/setup/store.ts'

const folder = mkdtempSync(join(tmpdir(), 'avizo-find-'))
const path = join(folder, 'bin')
after(() => rmSync(folder, { recursive: true, force: true }))

test('a RabbitMQ is found where packages put it, and only with Erlang', () => {
  const server = program('lib/rabbitmq/bin/rabbitmq-server', 'exit 0')
  assert.equal(findBroker(path, [server]), undefined)
  program('bin/erl', 'exit 0')
  const epmd = program('bin/epmd', 'exit 0')
  assert.deepEqual(findBroker(path, [server]), { server, epmd })
})

test("Debian's wrapper, which changes user, is not taken for the server", () => {
  program('bin/rabbitmq-server', 'su rabbitmq -s /bin/sh -c "…"')
  assert.equal(findBroker(path, []), undefined)
})

test('a mongod on PATH is used from 6.0 on; an older one is passed over for the downloaded one', () => {
  const cache = join(folder, 'cache')
  program('bin/mongod', 'echo db version v5.0.9')
  assert.equal(findStore(path, cache), undefined)
  const downloaded = program(wheelProgram('cache'), 'exit 0')
  assert.equal(findStore(path, cache), downloaded)
  const newer = program('bin/mongod', 'echo db version v8.0.4')
  assert.equal(findStore(path, cache), newer)
})

test("the system's Chromium goes before Playwright's, and one that does not tell its version does not count", () => {
  const browsers = join(folder, 'ms-playwright')
  assert.equal(findChromium(path, browsers), undefined)
  program('ms-playwright/chromium-1100/chrome-linux/chrome', 'exit 0')
  const newest = program('ms-playwright/chromium-1200/chrome-linux64/chrome', 'exit 0')
  program('bin/chromium-browser', 'echo please install the snap; exit 1')
  assert.equal(findChromium(path, browsers), newest)
  const system = program('bin/chromium', 'exit 0')
  assert.equal(findChromium(path, browsers), system)
})

test('downloads are cached where XDG says', () => {
  assert.equal(cacheFolder({ HOME: '/home/a' }), '/home/a/.cache/avizo')
  assert.equal(cacheFolder({ HOME: '/home/a', XDG_CACHE_HOME: '/var/cache/a' }), '/var/cache/a/avizo')
})

test('what is missing is told in one message, with commands, settings, and Docker for broker and store', () => {
  const rabbit = new PartMissing('RabbitMQ', 'is not installed', ['sudo apt-get install rabbitmq-server', 'AMQP_URL=…'])
  const browser = new PartMissing('Chromium', 'is not installed', ['CHROMIUM_PATH=…'])
  assert.equal(
    adviceFor([rabbit, browser], true),
    `Cannot go on, something is missing:
  RabbitMQ: is not installed
    either sudo apt-get install rabbitmq-server
    or AMQP_URL=…
  Chromium: is not installed
    either CHROMIUM_PATH=…
  Or let Docker run RabbitMQ and MongoDB:
      docker compose -f infra/compose.yaml up -d
    and put into .env:
      AMQP_URL=amqp://guest:guest@127.0.0.1:5672
      MONGODB_URL=mongodb://127.0.0.1:27017/avizo?replicaSet=rs0&w=majority&journal=true
Then run the same command again.`,
  )
  assert.doesNotMatch(adviceFor([browser], false), /docker/)
})

function program(name: string, does: string): string {
  const file = join(folder, name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `#!/bin/sh\n${does}\n`)
  chmodSync(file, 0o755)
  return file
}
