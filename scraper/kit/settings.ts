import { z } from 'zod'
import { settings as scraper } from '#scraper/settings.ts'

/** What `npm run supplier` is given; credentials of suppliers come besides. */
const ofTheScraper = scraper.pick({ SUPPLIERS_DIR: true, SCRAPER_SESSION_KEY: true, SCRAPER_SESSIONS_DIR: true })
export const settings = ofTheScraper.extend({
  VAR_DIR: z.string().default('var').describe('Folder of all data; what a try saw is kept in it'),
  CHROMIUM_PATH: z.string().optional().describe('Chromium to read portals with'),
  DISPLAY: z.string().optional().describe('The screen, for --visible'),
  WAYLAND_DISPLAY: z.string().optional().describe('The screen, for --visible'),
})
export type Settings = z.infer<typeof settings>
