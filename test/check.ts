import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** Checks that need nothing running: types, lint, form, saved pages of suppliers, and rules that are tests of the sources. */
const checks: Record<string, string[]> = {
  types: ['node_modules/.bin/tsc'],
  lint: ['node_modules/.bin/oxlint', '--type-aware', '--deny-warnings'],
  format: ['node_modules/.bin/oxfmt', '--check'],
  suppliers: [process.execPath, 'infra/supplier.ts', 'check', '--folder', 'infra/demo/suppliers', 'scraper/suppliers'],
  rules: [process.execPath, '--test', '--test-reporter=dot', 'test/architecture/*.test.ts'],
}

export type Checked = { name: string; ok: boolean }

/** Runs all checks side by side; prints what a failing one said. */
export async function runChecks(): Promise<Checked[]> {
  return Promise.all(Object.entries(checks).map(([name, command]) => runCheck(name, command)))
}

async function runCheck(name: string, [program = '', ...args]: string[]): Promise<Checked> {
  const begun = performance.now()
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (data: Buffer) => (output += data.toString()))
  child.stderr.on('data', (data: Buffer) => (output += data.toString()))
  const [code] = await once(child, 'close')
  const ok = code === 0
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  console.log(`${ok ? '✔' : '✖'} ${name} (${seconds} s)${ok ? '' : `\n${output}`}`)
  return { name, ok }
}

if (import.meta.main) {
  const checked = await runChecks()
  const failed = checked.filter(({ ok }) => !ok).length
  if (failed > 0) console.log('Form alone is mended by: npm run format')
  console.log(`${checked.length - failed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}
