import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where every browser of every scraper of this user has its profile, one folder each, named after its owner. */
export const profilesFolder = join(tmpdir(), `avizo-browsers-${process.getuid?.() ?? 'user'}`)

/** A profile of this process; a browser is known again by it, for it stands on its command line. */
export async function makeProfile(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const profile = await mkdtemp(join(folder, `${ownerName(process.pid)}-`))
  await mkdir(join(profile, 'Default'))
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences))
  return profile
}

/** No connection is opened ahead: on one that was, Chromium sends a form again by itself where the portal hangs up. */
const preferences = { net: { network_prediction_options: 2 } }

/** Ends browsers whose scraper was killed, and removes what they left; says how many there were. */
export async function clearOrphans(folder: string): Promise<number> {
  const profiles = await readdir(folder).catch(() => [])
  const orphans = profiles.filter((name) => ownerName(Number.parseInt(name, 10)) !== ownerOf(name))
  for (const name of orphans) await removeProfile(join(folder, name))
  return orphans.length
}

/** Kills, by pid, whatever still runs on the profile, then removes it. */
export async function removeProfile(profile: string): Promise<void> {
  for (const { pid, command } of processes()) {
    if (command.includes(`--user-data-dir=${profile}`)) kill(pid)
  }
  await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }).catch(() => {})
}

/** `<pid>-<start>`: a pid alone may be somebody else's by now. */
function ownerName(pid: number): string {
  return `${pid}-${startOf(pid)}`
}

function ownerOf(profile: string): string {
  return profile.split('-').slice(0, 2).join('-')
}

/** When a process began, as the system counts it; `gone` where there is none. */
function startOf(pid: number): string {
  try {
    if (process.platform !== 'linux') return ps('lstart=', ['-p', String(pid)]).replaceAll(/\W+/g, '') || 'gone'
    // The name in brackets may hold spaces; the start is the 20th field after it.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? 'gone'
  } catch {
    return 'gone'
  }
}

function processes(): { pid: number; command: string }[] {
  if (process.platform === 'linux') {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
    return pids.map((pid) => ({ pid: Number(pid), command: commandOf(pid) }))
  }
  const lines = ps('pid=,args=', ['-ax']).split('\n')
  return lines.map((line) => ({ pid: Number.parseInt(line, 10), command: line }))
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

function ps(columns: string, which: string[]): string {
  return spawnSync('ps', ['-o', columns, ...which], { encoding: 'utf8' }).stdout ?? ''
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself meanwhile.
  }
}
