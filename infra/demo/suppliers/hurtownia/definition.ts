import { described } from '#scraper/platforms/described/platform.ts'
import { defineSupplier } from '#scraper/robot.ts'

/** A sign-in over three pages with a one-time code, and one table that grows at the press of a button. */
export const definition = defineSupplier({
  name: 'Figurkowo B2B (demo)',
  number: 1,
  language: 'pl',
  timeZone: 'Europe/Warsaw',
  schedule: { cron: '*/10 * * * *', jitterSeconds: 60 },
  columns: [
    { name: 'Dostępność', holds: 'availability' },
    { name: 'Ilość', holds: 'quantity' },
  ],
  // A one-time code is good for half a minute and for one sign-in.
  confirmAfterSeconds: 31,
  secondsAllowed: 120,
  address: 'http://127.0.0.1:4101',
  credentials: ['username', 'password', 'totp'],
  limits: { delayMs: 100, pageSeconds: 10, settleSeconds: 2 },
  platform: described,
  options: {
    signIn: {
      kind: 'form',
      path: '/logowanie',
      obstacles: [
        { name: 'cookie banner', shows: '#ciasteczka', click: '#akceptuje' },
        { name: 'another session is active', shows: '#aktywna-sesja', click: '#kontynuuj' },
      ],
      steps: [
        { fill: { '#login': 'username' }, submit: '#logowanie button[type=submit]' },
        { fill: { '#haslo': 'password' }, submit: '#logowanie-haslo button[type=submit]' },
        { fill: { '#kod': 'totp' }, submit: '#logowanie-kod button[type=submit]' },
      ],
      signedIn: { selector: '.konto', text: 'Sklep Avizo Sp. z o.o.' },
      remember: true,
    },
    source: {
      kind: 'table',
      path: '/towary',
      obstacles: [{ name: 'cookie banner', shows: '#ciasteczka', click: '#akceptuje' }],
      table: '#towary',
      fields: { code: ['Indeks'], title: ['Nazwa'], ean: ['EAN'] },
      paging: { by: 'load-more', button: '#wiecej' },
      whole: { total: '#wyswietlono' },
    },
  },
})
