import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { BrowserContext, BrowserContextOptions } from 'playwright-core'
import { chromium } from 'playwright-core'
import type { Language } from '#core/domain/language.ts'
import { makeProfile, removeProfile } from './orphans.ts'

export type BrowserWish = { language: Language; timeZone: string; pageSeconds: number }
/** A context in a browser of its own; disposing of it ends the browser, whatever state it is in. */
export type LentBrowser = { context: BrowserContext; isOpen(): boolean; [Symbol.asyncDispose](): Promise<void> }
export type OpenBrowser = (wish: BrowserWish) => Promise<LentBrowser>

const openWithinMs = 30_000
const closeWithinMs = 5_000

/** A fresh browser for each run: none grows over the days, and none remembers anything of the run before. */
export function makeOpenBrowser({
  executablePath,
  profiles,
}: {
  executablePath: string
  profiles: string
}): OpenBrowser {
  return async (wish) => {
    const profile = await makeProfile(profiles)
    try {
      return await launch({ executablePath, profile, wish })
    } catch (error) {
      await removeProfile(profile)
      throw error
    }
  }
}

type Launch = { executablePath: string; profile: string; wish: BrowserWish }

async function launch({ executablePath, profile, wish }: Launch): Promise<LentBrowser> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    timeout: openWithinMs,
    // What a killed run was downloading goes with its profile.
    downloadsPath: join(profile, 'downloads'),
    args: [...quiet, ...light, ...submitsOnce],
    // Signals are the scraper's: it says what became of the run before its browser ends.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    ...contextOptions(wish),
  })
  context.setDefaultTimeout(wish.pageSeconds * 1000)
  return {
    context,
    isOpen: () => context.browser()?.isConnected() ?? false,
    async [Symbol.asyncDispose]() {
      const closed = context.close().catch(() => {})
      await Promise.race([closed, wait(closeWithinMs, undefined, { ref: false })])
      await removeProfile(profile)
    },
  }
}

/** The same page for us whatever machine we run on: locale, zone and size decide what some portals show. */
export function contextOptions({ language, timeZone }: BrowserWish): BrowserContextOptions {
  const viewport = { width: 1366, height: 900 }
  return { locale: locales[language], timezoneId: timeZone, viewport, serviceWorkers: 'block', colorScheme: 'light' }
}

/** Also what is sent as Accept-Language. */
const locales: Record<Language, string> = {
  cs: 'cs-CZ',
  sk: 'sk-SK',
  pl: 'pl-PL',
  de: 'de-DE',
  en: 'en-GB',
  'en-GB': 'en-GB',
  'en-US': 'en-US',
}

/** Companies that count visitors: none of them knows when goods arrive. */
const trackers = [
  'google-analytics.com',
  'googletagmanager.com',
  'googleadservices.com',
  'doubleclick.net',
  'connect.facebook.net',
  'hotjar.com',
  'clarity.ms',
  'bat.bing.com',
  'c.imedia.cz',
  'h.imedia.cz',
  'toplist.cz',
  'gemius.pl',
  'mc.yandex.ru',
  'segment.io',
  'mixpanel.com',
  'newrelic.com',
  'nr-data.net',
]

/**
 * Images, fonts and trackers are not loaded. Switches of the browser do it: asked for each request, we would take longer
 * to answer than many a portal.
 */
const light = [
  // The last such switch counts, so the mouse that Playwright gives to a browser without a screen is given here again.
  '--blink-settings=imagesEnabled=false,primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4',
  '--disable-remote-fonts',
  `--host-resolver-rules=${trackers.flatMap((host) => [`MAP ${host} ~NOTFOUND`, `MAP *.${host} ~NOTFOUND`]).join(', ')}`,
]

/**
 * Of HTTP/1.1 we can ask one connection a request (`connection: close`), on which Chromium repeats nothing. HTTP/2 and 3
 * have no such wish, and a submit that a portal hangs up on would be sent again by the browser itself (P8).
 */
export const submitsOnce = ['--disable-http2', '--disable-quic']

/** No talk of its own with anybody. */
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']
