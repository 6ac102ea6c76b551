import { ensureParts } from '#infra/setup/parts.ts'

/**
 * `npm run bench`: what the notifier costs; `npm run bench -- pages [n]`: what a reading costs; `npm run bench -- mail`:
 * what wording a mail costs, which needs nothing running.
 */
const what = process.argv[2]
if (what === 'pages') process.argv.splice(2, 1)
if (what === 'mail') await import('./mail.ts')
else {
  await ensureParts()
  await (what === 'pages' ? import('./pages.ts') : import('./cost.ts'))
}
