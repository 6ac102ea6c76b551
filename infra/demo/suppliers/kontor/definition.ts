import { described } from '#scraper/platforms/described/platform.ts'
import { defineSupplier } from '#scraper/robot.ts'

/** A workbook that is downloaded from behind a filter. */
export const definition = defineSupplier({
  name: 'Sammelkontor (demo)',
  number: 1,
  language: 'de',
  timeZone: 'Europe/Berlin',
  schedule: { cron: '*/10 * * * *', jitterSeconds: 60 },
  columns: [
    { name: 'Lieferstatus', holds: 'availability' },
    { name: 'Liefertermin', holds: 'availability' },
  ],
  confirmAfterSeconds: 2,
  secondsAllowed: 120,
  address: 'http://127.0.0.1:4102',
  limits: { delayMs: 100, pageSeconds: 10, settleSeconds: 2 },
  platform: described,
  options: {
    signIn: {
      kind: 'form',
      path: '/anmeldung',
      obstacles: [{ name: 'cookie notice', shows: '#cookie-hinweis', click: '#cookie-hinweis [data-wahl=notwendige]' }],
      steps: [{ fill: { '#email': 'username', '#passwort': 'password' }, submit: '#anmeldung button[type=submit]' }],
      signedIn: { selector: '#haendler', text: 'Avizo Handels GmbH' },
    },
    source: {
      kind: 'download',
      path: '/preisliste',
      obstacles: [{ name: 'cookie notice', shows: '#cookie-hinweis', click: '#cookie-hinweis [data-wahl=notwendige]' }],
      prepare: [
        { do: 'select', target: '#warengruppe', option: 'Alle Warengruppen' },
        { do: 'check', target: '#filter input[value=lieferbar]' },
        { do: 'check', target: '#filter input[value=vorbestellbar]' },
        { do: 'check', target: '#filter input[value=ausverkauft]' },
        { do: 'click', target: '#filter button[type=submit]', effect: { loads: true, shows: '#vorschau' } },
      ],
      by: { click: '#export button[type=submit]' },
      file: { format: 'xlsx', headerLine: 2 },
      fields: { code: ['Artikelnummer'], title: ['Bezeichnung'], ean: ['EAN'] },
      whole: { total: '#treffer', trailer: 'Summe' },
    },
  },
})
