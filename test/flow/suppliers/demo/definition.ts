import { definition as demo } from '#infra/demo/suppliers/demo/definition.ts'
import { defineSupplier } from '#scraper/robot.ts'

/** The demo's supplier, but that no run of its schedule comes between those that a test asks for, and less patient. */
export const definition = defineSupplier({
  ...demo,
  schedule: { ...demo.schedule, cron: '0 4 29 2 *' },
  secondsAllowed: 90,
  limits: { ...demo.limits, pageSeconds: 5, settleSeconds: 4, tries: 2, tryAgainSeconds: 0.2 },
})
