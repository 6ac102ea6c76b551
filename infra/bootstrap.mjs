// Everything up to `npm ci`, and then the given file on the project's own Node:
//   node infra/bootstrap.mjs <file.ts> [arguments]
// Runs on Node 18 and later with nothing installed. Silent where nothing is to be done.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join, sep } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const least = [24, 12]
const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const modules = join(root, 'node_modules')
const stampFile = join(modules, '.avizo-stamp.json')
const turnFile = join(root, 'var', 'npm-ci.pid')
const packagedNode = join(modules, '.bin', 'node')
// The machine's own npm settings, or NODE_ENV=production, would leave out what we run on.
const all = ['--include=dev', '--include=optional']
const wipe = '\r\u001b[K'

try {
  const node = await ready()
  hand(node, process.argv.slice(2))
} catch (error) {
  say(error.message)
  process.exitCode = 1
}

/** Brings the node modules where they are not those of the lock, and returns the Node to run on. */
async function ready() {
  const wanted = lockHash()
  for (let waited = false; ; waited = true) {
    const stamp = readStamp()
    if (stamp?.wanted === wanted) return nodeToRun(stamp.packaged)
    if (takeTurn()) break
    if (!waited) say('Node modules: another command is installing them; waiting for it')
    await wait(500)
  }
  try {
    return await install(wanted)
  } finally {
    rmSync(turnFile, { force: true })
  }
}

async function install(wanted) {
  await installModules(readStamp() ? 'the lock has changed' : 'not installed yet')
  const packaged = runs(packagedNode)
  const node = nodeToRun(packaged)
  mkdirSync(modules, { recursive: true })
  writeFileSync(stampFile, JSON.stringify({ wanted, packaged }))
  say(`Node: ${versionOf(node)}${packaged ? '' : ', the one of this machine'}`)
  return node
}

/** A second npm ci would empty node_modules under the first: one at a time, unless who had its turn is gone. */
function takeTurn() {
  mkdirSync(dirname(turnFile), { recursive: true })
  try {
    writeFileSync(turnFile, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
  if (!isAlive(readFileOr(turnFile, ''))) rmSync(turnFile, { force: true })
  return false
}

function isAlive(pid) {
  try {
    return Number(pid) > 0 && process.kill(Number(pid), 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** npm ci empties node_modules first, so the stamp is there only when it came to its end. */
async function installModules(why) {
  say(`Node modules: ${why}, running npm ci`)
  rmSync(stampFile, { force: true })
  const start = Date.now()
  const seconds = () => `${Math.round((Date.now() - start) / 1000)} s`
  const stopTelling = tellEvery(() => `Node modules: npm ci, ${seconds()}`)
  const [command, ...args] = npm()
  const code = await ended(
    spawn(command, [...args, 'ci', ...all, '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  )
  stopTelling()
  if (code !== 0)
    throw new Error(`npm ci failed (${code}). What npm says is above; mend it and run the same command again.`)
  say(`Node modules: installed in ${seconds()}`)
}

/** Tells that it goes on: on a terminal by a line that counts in place, elsewhere by a line now and then. */
function tellEvery(text) {
  if (!process.stderr.isTTY) {
    const ticker = setInterval(() => say(text()), 10_000)
    return () => clearInterval(ticker)
  }
  const ticker = setInterval(() => process.stderr.write(`${wipe}${text()}`), 1000)
  return () => {
    clearInterval(ticker)
    process.stderr.write(wipe)
  }
}

/** The npm that started us, on a Node that is not about to be deleted with node_modules. */
function npm() {
  const { npm_execpath: script, npm_node_execpath: node } = process.env
  const outside = [node, process.execPath].find((file) => file && !file.startsWith(modules + sep))
  if (script?.endsWith('.js') && existsSync(script) && outside) return [outside, script]
  return ['npm']
}

function nodeToRun(packaged) {
  if (packaged) return packagedNode
  if (!isEnough(process.versions.node)) {
    throw new Error(
      `Avizo needs Node ${least.join('.')} or later. There is no ready one for ${process.platform} ${process.arch} in its ` +
        `packages, and this machine's is ${process.versions.node}: install a newer one (https://nodejs.org) and try again.`,
    )
  }
  return process.execPath
}

/** Hands over: signals go to the child, and we end as it ends. If we are killed, it goes on. */
function hand(node, args) {
  const child = spawn(node, args, { stdio: 'inherit' })
  // A Ctrl-C on a terminal reaches the child by itself.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  process.on('SIGHUP', () => child.kill('SIGHUP'))
  child.once('error', (error) => {
    say(`Could not run ${node}: ${error.message}`)
    process.exit(1)
  })
  child.once('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
}

function ended(child) {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(code ?? signal))
  })
}

function lockHash() {
  const lock = readFileSync(join(root, 'package-lock.json'))
  return createHash('sha256').update(`${process.platform} ${process.arch} `).update(lock).digest('hex')
}

function readStamp() {
  try {
    return JSON.parse(readFileOr(stampFile, ''))
  } catch {
    return undefined
  }
}

function readFileOr(file, otherwise) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return otherwise
  }
}

function runs(node) {
  return existsSync(node) && isEnough(versionOf(node))
}

function versionOf(node) {
  return spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout?.trim().slice(1) ?? ''
}

function isEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > least[0] || (major === least[0] && minor >= least[1])
}

function say(text) {
  process.stderr.write(`${text}\n`)
}
