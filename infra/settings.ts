import { z } from 'zod'
import { mode, port } from '#core/process/shared-settings.ts'
import type { Environment } from './environment.ts'
import { placesIn, type Places } from './places.ts'

/** What `npm start` itself and the embedded broker and database take; ports of the demo's parts stand with them. */
export const settings = z.object({
  MODE: mode,
  VAR_DIR: z.string().default('var').describe('Folder of all data and logs of this installation'),
  BROKER_PORT: port.default(5772).describe('Port of the embedded RabbitMQ'),
  BROKER_DIST_PORT: port.default(25_772).describe('Port at which the embedded RabbitMQ talks to its own tools'),
  BROKER_EPMD_PORT: port.default(4469).describe("Port of the embedded RabbitMQ's name service"),
  STORE_PORT: port.default(27_117).describe('Port of the embedded MongoDB'),
})
export type Settings = z.infer<typeof settings>

/** Where the demo is meant, also where other settings are wrong. */
export function isForDemo({ MODE }: Environment): boolean {
  return (MODE || 'demo') === 'demo'
}

/** Where all lies, also where other settings are wrong. */
export function placesOf({ VAR_DIR }: Environment): Places {
  return placesIn(settings.shape.VAR_DIR.parse(VAR_DIR || undefined))
}
