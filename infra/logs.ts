import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readEnvironment } from './environment.ts'
import { followLogs } from './follow-logs.ts'
import { readInfraSettings } from './infra-settings.ts'
import { placesIn } from './places.ts'

const help = 'npm run logs -- [process]... [--lines 20] [--once]'
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { lines: { type: 'string', default: '20' }, once: { type: 'boolean', default: false } },
})

const { logs } = placesIn(readInfraSettings().VAR_DIR)
const known = existsSync(logs) ? readdirSync(logs).filter((file) => file.endsWith('.log')) : []
const all = known.map((file) => file.slice(0, -'.log'.length))
const unknown = positionals.filter((name) => !all.includes(name))

if (unknown.length > 0 || all.length === 0) {
  process.stderr.write(
    `${unknown.length > 0 ? `No log of ${unknown.join(', ')}. ` : ''}There are: ${all.join(', ') || 'none yet'}\n${help}\n`,
  )
  process.exit(1)
}

const names = positionals.length > 0 ? positionals : all
process.stdout.on('error', () => process.exit(0))
const follower = followLogs({
  files: new Map(names.map((name) => [name, join(logs, `${name}.log`)])),
  lines: Number(values.lines),
  bare: names.length === 1 || readEnvironment()['LOG_FORMAT'] === 'json',
  write: (line) => process.stdout.write(`${line}\n`),
})
if (values.once) follower.stop()
