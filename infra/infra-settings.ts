import { readSettings } from '#core/process/settings.ts'
import { readEnvironment } from './environment.ts'
import { settings, type Settings } from './settings.ts'

/** For commands that only look at what runs, or stop it: they must work where other settings are wrong. */
export function readInfraSettings(): Settings {
  return readSettings(settings, readEnvironment())
}
