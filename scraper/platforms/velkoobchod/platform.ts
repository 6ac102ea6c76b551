import { definePlatform } from '#scraper/robot.ts'
import { readDescribed, readSavedDescribed } from '../described/platform.ts'
import { describe } from './describe.ts'
import { Options } from './options.ts'

/** A Czech wholesale portal: sign-in by a form with a token, one paged table with "Zobrazeno 1–50 z 200". */
export const velkoobchod = definePlatform({
  name: 'velkoobchod',
  options: Options,
  read: (visit, options) => readDescribed(visit, describe(options)),
  readSaved: (saved, { options, columns }) => readSavedDescribed(saved, { options: describe(options), columns }),
})
