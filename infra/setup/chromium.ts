import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { aptHindrance, aptInstall } from './apt.ts'
import { findProgram } from './find-program.ts'
import { PartMissing } from './part-missing.ts'
import { quiet, since, type Say } from './say.ts'

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** A Chromium to read portals with: the one that is given, the system's, Playwright's own, else installed by apt. */
export async function ensureChromium(say: Say, given?: string): Promise<string> {
  if (given) return checked(say, given)
  const start = performance.now()
  const found = findChromium() ?? (await installed(say))
  say.line(`Chromium: ${found} (${since(start)})`)
  return found
}

/** The same, for a command: told only where it takes a while. */
export async function chromiumAt(say: Say, given?: string): Promise<string> {
  if (given) return checked(quiet, given)
  return findChromium() ?? (await ensureChromium(say))
}

export function findChromium(path = process.env['PATH'] ?? '', playwright = playwrightFolder()): string | undefined {
  return systemChromium(path) ?? findProgram(playwrightPrograms(playwright))
}

function checked(say: Say, given: string): string {
  if (!findProgram([given])) throw missing(`CHROMIUM_PATH=${given} is no program that can be run`)
  say.line(`Chromium: ${given}, as set`)
  return given
}

/** Ubuntu's `chromium-browser` is a script that only asks for a snap: what does not tell its version does not count. */
function systemChromium(path: string): string | undefined {
  for (const name of names) {
    const found = findProgram([name], path)
    if (found && spawnSync(found, ['--version'], { stdio: 'ignore', timeout: 10_000 }).status === 0) return found
  }
  return undefined
}

function playwrightFolder(): string {
  const mac = process.platform === 'darwin'
  return process.env['PLAYWRIGHT_BROWSERS_PATH'] || join(homedir(), mac ? 'Library/Caches' : '.cache', 'ms-playwright')
}

function playwrightPrograms(folder: string): string[] {
  const patterns = [
    'chromium-*/chrome-linux*/chrome',
    'chromium-*/chrome-mac*/Chromium.app/Contents/MacOS/Chromium',
    'chromium_headless_shell-*/chrome-linux*/headless_shell',
  ]
  return patterns.flatMap((pattern) => globSync(join(folder, pattern)).sort().toReversed())
}

async function installed(say: Say): Promise<string> {
  const hindrance = aptHindrance()
  if (hindrance) throw missing(`is not installed, and ${hindrance}`)
  try {
    await aptInstall(say, 'Chromium', ['chromium'])
  } catch (error) {
    throw missing(`could not be installed: ${(error as Error).message}`)
  }
  const found = findChromium()
  if (!found) throw missing('was installed by apt-get, yet does not run')
  return found
}

function missing(because: string): PartMissing {
  return new PartMissing('Chromium', because, [
    'sudo apt-get install --no-install-recommends chromium',
    'npx playwright install --with-deps chromium',
    'CHROMIUM_PATH=/path/to/chromium in .env',
  ])
}
