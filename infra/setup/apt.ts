import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { findProgram } from './find-program.ts'
import { run } from './run.ts'
import { timed, type Say } from './say.ts'

const script = join(import.meta.dirname, 'apt-install.sh')

/** Whether packages of the system can be installed here without asking anybody; where not, why. */
export function aptHindrance(): string | undefined {
  if (!findProgram(['apt-get'])) return 'there is no apt-get here'
  if (process.getuid?.() === 0) return undefined
  const sudo = spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore', timeout: 5000 })
  return sudo.status === 0 ? undefined : 'apt-get needs root, and sudo asks for a password'
}

/** Installs packages without starting their services. */
export async function aptInstall(say: Say, part: string, packages: string[]): Promise<void> {
  const hindrance = aptHindrance()
  if (hindrance) throw new Error(hindrance)
  say.line(`${part}: installing ${packages.join(', ')} with apt-get`)
  const command = process.getuid?.() === 0 ? ['sh'] : ['sudo', '-n', 'sh']
  const [program = 'sh', ...args] = [...command, script, ...packages]
  const onLine = (line: string) => showPercent(say, part, line)
  const took = await timed(say, `${part}, apt-get`, () => run(program, args, { onLine }))
  say.line(`${part}: installed in ${took}`)
}

/** apt reports `dlstatus:…:<percent>:…` while it loads, `pmstatus:…` while it installs. */
function showPercent(say: Say, part: string, line: string): void {
  const [kind, , percent] = line.split(':')
  if (kind === 'dlstatus') say.progress(part, Number(percent) / 2)
  if (kind === 'pmstatus') say.progress(part, 50 + Number(percent) / 2)
}
