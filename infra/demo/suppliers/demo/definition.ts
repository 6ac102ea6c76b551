import { velkoobchod } from '#scraper/platforms/velkoobchod/platform.ts'
import { defineSupplier } from '#scraper/robot.ts'

export const definition = defineSupplier({
  name: 'Tokimi B2B (demo)',
  number: 1,
  language: 'cs',
  timeZone: 'Europe/Prague',
  schedule: { cron: '*/2 * * * *', jitterSeconds: 0 },
  columns: [{ name: 'Dostupnost', holds: 'availability' }],
  confirm: 'second-run',
  confirmAfterSeconds: 2,
  secondsAllowed: 60,
  address: 'http://127.0.0.1:4100',
  limits: { pagesInParallel: 2, delayMs: 100, pageSeconds: 10, settleSeconds: 2 },
  platform: velkoobchod,
  options: { account: 'Figurkov s.r.o.' },
})
