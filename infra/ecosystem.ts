import { SettingsError, given, settingsProblems } from '#core/process/settings.ts'
import { forgetEnvironment, type Environment } from './environment.ts'
import { placesIn } from './places.ts'
import { appOf, type App, type Process } from './processes.ts'
import { settings } from './settings.ts'
import { findChromium } from './setup/chromium.ts'

/** Descriptions for a PM2 that others run; wrong settings are named before anything starts. */
export function ecosystem(processes: Process[], wanted: Environment): App[] {
  const environment = { CHROMIUM_PATH: findChromium(), ...wanted }
  const schemas = [settings, ...processes.map((process) => process.settings)]
  const problems = [...new Set(schemas.flatMap((schema) => settingsProblems(schema, environment)))]
  if (problems.length > 0) throw new SettingsError(problems)
  const places = placesIn(settings.parse(given(settings, environment)).VAR_DIR)
  forgetEnvironment()
  return processes.map((process) => appOf(process, environment, places))
}
