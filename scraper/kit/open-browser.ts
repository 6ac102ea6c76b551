import type { OpenBrowser } from '#scraper/browser.ts'
import { makeOpenBrowser } from '#scraper/browser.ts'
import { profilesFolder } from '#scraper/orphans.ts'
import { KitError, wrongCommand } from './kit-error.ts'
import type { Settings } from './settings.ts'
import { makeOpenVisible } from './visible-browser.ts'

/** The scraper's own browser, or one on the screen. */
export function openBrowserFor(settings: Settings, visible: boolean): OpenBrowser {
  const parts = { executablePath: chromiumOf(settings), profiles: profilesFolder }
  if (!visible) return makeOpenBrowser(parts)
  if (process.platform === 'linux' && !settings.DISPLAY && !settings.WAYLAND_DISPLAY) {
    throw wrongCommand('--visible needs a screen, and there is none here (DISPLAY is not set); leave it out')
  }
  return makeOpenVisible(parts)
}

export function chromiumOf({ CHROMIUM_PATH }: Settings): string {
  if (CHROMIUM_PATH) return CHROMIUM_PATH
  throw new KitError('CHROMIUM_PATH: is missing; run it as "npm run supplier …", which finds Chromium')
}
