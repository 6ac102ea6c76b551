import { described } from '#scraper/platforms/described/platform.ts'
import { defineSupplier } from '#scraper/robot.ts'

/** The JSON that the page fetches for itself, with dates whose month comes first. */
export const definition = defineSupplier({
  name: 'Northpine Trade (demo)',
  number: 1,
  language: 'en-US',
  timeZone: 'America/New_York',
  schedule: { cron: '*/10 * * * *', jitterSeconds: 60 },
  columns: [
    { name: 'stock.status', holds: 'availability' },
    { name: 'stock.eta', holds: 'availability' },
    { name: 'stock.qty', holds: 'quantity' },
  ],
  words: { backorder: { kind: 'on-request' } },
  confirmAfterSeconds: 2,
  secondsAllowed: 120,
  address: 'http://127.0.0.1:4103',
  limits: { delayMs: 100, pageSeconds: 10, settleSeconds: 2 },
  platform: described,
  options: {
    signIn: {
      kind: 'form',
      path: '/login',
      steps: [
        { fill: { '#username': 'username', '#password': 'password' }, submit: '#login-form button[type=submit]' },
      ],
      signedIn: { selector: '#account-name', text: 'Avizo Collectibles Inc.' },
    },
    source: {
      kind: 'page-json',
      path: '/inventory',
      request: '/api/inventory',
      records: 'items',
      fields: { code: ['sku'], title: ['name'], ean: ['upc'] },
      paging: { parameter: 'page' },
      whole: { total: 'meta.total', pages: 'meta.pages' },
    },
  },
})
