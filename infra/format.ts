import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './places.ts'

/** `npm run format`: the whole tree, or what is named. */
const oxfmt = join(root, 'node_modules', '.bin', 'oxfmt')
const { status } = spawnSync(oxfmt, process.argv.slice(2), { cwd: root, stdio: 'inherit' })
process.exitCode = status ?? 1
