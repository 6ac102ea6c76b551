import { ensureParts } from '#infra/setup/parts.ts'

/** `npm run bench`: what the notifier costs; `npm run bench -- pages [n]`: what a reading costs. */
const isPages = process.argv[2] === 'pages'
if (isPages) process.argv.splice(2, 1)
await ensureParts()
await (isPages ? import('./pages.ts') : import('./cost.ts'))
