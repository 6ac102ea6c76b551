import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/** All files of the project, those not committed yet included, with `/` between folders. */
export async function projectFiles(): Promise<string[]> {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate']
  const { stdout } = await promisify(execFile)('git', args, { maxBuffer: 16_000_000 })
  const { stdout: deleted } = await promisify(execFile)('git', ['ls-files', '--deleted'])
  const gone = new Set(deleted.split('\n'))
  return stdout.split('\n').filter((file) => file !== '' && !gone.has(file))
}

export async function sourceFiles(): Promise<{ file: string; text: string }[]> {
  const files = (await projectFiles()).filter((file) => /\.(ts|mjs|cjs)$/.test(file))
  return Promise.all(files.map(async (file) => ({ file, text: await readFile(file, 'utf8') })))
}
