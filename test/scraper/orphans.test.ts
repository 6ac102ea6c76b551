import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readdirSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { clearOrphans } from '#scraper/orphans.ts'
import { chromiumPath, makeTestBrowsers, openTestPage } from './a-browser.ts'

let browsers: Awaited<ReturnType<typeof makeTestBrowsers>>
before(async () => {
  browsers = await makeTestBrowsers()
})
after(() => browsers.clear())

/** Pids of everything that runs on a profile in the test's folder. */
function running(): number[] {
  return readdirSync('/proc').flatMap((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(browsers.profiles)
        ? [Number(name)]
        : []
    } catch {
      return []
    }
  })
}

/** Stands for a scraper: opens a browser, says so, and waits to be killed. */
const scraper = `
  const { makeOpenBrowser } = await import('#scraper/browser.ts')
  const open = makeOpenBrowser({ executablePath: process.argv[1], profiles: process.argv[2] })
  await open({ language: 'cs', timeZone: 'Europe/Prague', pageSeconds: 5 })
  process.stdout.write('open')
  setInterval(() => {}, 1000)`

test('what a killed scraper left is cleared by the next start, and nothing else', async () => {
  const args = ['--input-type=module', '-e', scraper, chromiumPath(), browsers.profiles]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  await using ours = await openTestPage(browsers.open, 'still here')
  assert.equal(await clearOrphans(browsers.profiles), 0, 'living scrapers keep their browsers')
  child.kill('SIGKILL')
  await once(child, 'exit')
  assert.equal(await clearOrphans(browsers.profiles), 1)
  assert.equal((await readdir(browsers.profiles)).length, 1)
  assert.equal(await ours.page.innerText('body'), 'still here')
})

test('a browser that does not end by itself when its scraper dies is ended by its pid', async () => {
  const profile = join(browsers.profiles, '1-12345-abcdef')
  await mkdir(profile)
  // Without the pipe to a scraper nothing tells this one to end.
  const args = ['--headless', '--no-sandbox', '--remote-debugging-port=0', `--user-data-dir=${profile}`]
  const child = spawn(chromiumPath(), args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(child, 'exit')
  await once(child.stderr, 'data')
  assert.ok(running().length > 0)
  assert.equal(await clearOrphans(browsers.profiles), 1)
  await ended
  assert.deepEqual(await readdir(browsers.profiles), [])
})

test('where no browser ever was there is nothing to clear', async () => {
  assert.equal(await clearOrphans(join(browsers.profiles, 'nowhere')), 0)
})
