import { z } from 'zod'
import { logFormat, logLevel, port } from '#core/process/shared-settings.ts'

export const settings = z.object({
  PORTAL_PORT: port.default(4100).describe("Port of the demo's supplier portal"),
  HURTOWNIA_PORT: port
    .default(4101)
    .describe("Port of the demo's Polish portal: codes of one time, a table that grows"),
  KONTOR_PORT: port.default(4102).describe("Port of the demo's German portal: a price list as Excel file"),
  NORTHPINE_PORT: port.default(4103).describe("Port of the demo's American portal: JSON behind the page"),
  PORTAL_STATE: z
    .string()
    .default('var/demo/portal.json')
    .describe("File that keeps what was edited in the demo's portal; the other portals' stand beside it"),
  LOG_FORMAT: logFormat,
  LOG_LEVEL: logLevel,
})
export type Settings = z.infer<typeof settings>
