import { z } from 'zod'
import { settings as api } from '../settings.ts'

/** What `npm run avizo` is given. */
export const settings = api.pick({ API_KEY: true }).extend({
  AVIZO_API_URL: z
    .url({ protocol: /^https?$/ })
    .default('http://127.0.0.1:3000')
    .describe('Where the API is, for `npm run avizo`'),
})
