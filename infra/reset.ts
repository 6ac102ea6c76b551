import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { readInfraSettings } from './infra-settings.ts'
import { ownIn, placesIn, root, type Places } from './places.ts'
import { makeSay } from './setup/say.ts'
import { otherStarter } from './started.ts'
import { takeDown } from './take-down.ts'

process.chdir(root)
const say = makeSay()
const { yes } = parseArgs({ options: { yes: { type: 'boolean', default: false } } }).values
try {
  process.exitCode = await reset()
} catch (error) {
  say.line((error as Error).message)
  process.exitCode = 1
}
process.exit()

async function reset(): Promise<number> {
  const places = placesIn(readInfraSettings().VAR_DIR)
  if (!existsSync(places.folder)) return done('There is nothing to delete.', 0)
  if (otherStarter(places)) return done('It is being brought up just now. First: npm stop', 1)
  if (!yes && !(await agreed(places.folder))) return done('Nothing was deleted.', 1)
  await takeDown(places, say.line)
  return done(deleted(places), 0)
}

/** VAR_DIR may name a folder that holds other things too: what is not ours stays. */
function deleted(places: Places): string {
  for (const own of ownIn(places)) rmSync(own, { recursive: true, force: true })
  const others = readdirSync(places.folder)
  if (others.length > 0) return `Deleted: all of Avizo in ${places.folder}. Not Avizo's, and kept: ${others.join(', ')}`
  rmdirSync(places.folder)
  return `Deleted: ${places.folder}`
}

/** Without a terminal nobody can be asked: then only --yes is a yes. */
async function agreed(folder: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    say.line(`This would stop everything and delete all of Avizo's data in ${folder}. To do so: npm run reset -- --yes`)
    return false
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await lines.question(`Stop everything and delete all of Avizo's data in ${folder}? [y/N] `)
  lines.close()
  return /^(y|yes)$/i.test(answer.trim())
}

function done(text: string, code: number): number {
  say.line(text)
  return code
}
