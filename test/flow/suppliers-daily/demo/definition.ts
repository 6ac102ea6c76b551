import { definition as demo } from '#infra/demo/suppliers/demo/definition.ts'
import { defineSupplier } from '#scraper/robot.ts'

/** The demo's supplier, but that its schedule comes once a day: at the start, for the tick that was missed, and hardly ever again. */
export const definition = defineSupplier({
  ...demo,
  schedule: { cron: '0 4 * * *', jitterSeconds: 0 },
  limits: { ...demo.limits, pageSeconds: 60 },
  secondsAllowed: 120,
})
