import type { Fault } from './fault.ts'
import { everywhere, inPages } from './fault.ts'

/** Kept out: captcha, rate limit, firewall, waiting room, maintenance (F4), and errors that pass or don't (F6, F8). */
export const blockedFaults = {
  down: {
    about: 'every page answers 503',
    failures: ['F4', 'F9'],
    portals: everywhere,
    instead: 'down',
  },
  'friendly-unavailable': {
    about: 'every page answers 503 with a page that looks like any other',
    failures: ['F4'],
    portals: everywhere,
    instead: 'friendly-down',
  },
  'down-mid-way': {
    about: 'from page 3 of the table on, 503',
    failures: ['F4', 'F6'],
    portals: inPages,
    bites: { fromPage: 3 },
    instead: 'down',
  },
  captcha: {
    about: 'every page is a captcha, with status 200',
    failures: ['F4'],
    portals: everywhere,
    instead: 'captcha',
  },
  'captcha-after-submit': {
    about: 'the credentials are answered with a captcha, status 200',
    failures: ['F4'],
    portals: everywhere,
    bites: { at: ['submit'] },
    instead: 'captcha',
  },
  'captcha-mid-way': {
    about: 'from page 3 of the table on, a captcha with status 200',
    failures: ['F4', 'F6'],
    portals: inPages,
    bites: { fromPage: 3 },
    instead: 'captcha',
  },
  'too-many-requests': {
    about: 'every page answers 429',
    failures: ['F4'],
    portals: everywhere,
    instead: 'too-many',
  },
  'too-many-mid-way': {
    about: 'from page 3 of the table on, 429',
    failures: ['F4', 'F6'],
    portals: inPages,
    bites: { fromPage: 3 },
    instead: 'too-many',
  },
  'too-many-once': {
    about: 'the table answers 429 once, and 200 from then on',
    failures: ['F8'],
    portals: everywhere,
    bites: { at: ['table'], times: 1 },
    instead: 'too-many',
  },
  forbidden: {
    about: 'a firewall answers every page with 403',
    failures: ['F4'],
    portals: everywhere,
    instead: 'forbidden',
  },
  'waiting-room': {
    about: 'every page is a waiting room with status 200 that loads itself again and again',
    failures: ['F4'],
    portals: everywhere,
    instead: 'waiting-room',
  },
  'waiting-room-passes': {
    about: 'the sign-in is a waiting room, which lets in at the third look',
    failures: ['F4'],
    portals: everywhere,
    bites: { at: ['sign-in'], times: 2 },
    instead: 'waiting-room',
  },
  'maintenance-table': {
    about: 'every page is a notice of maintenance with status 200, which holds a table of its own',
    failures: ['F4'],
    portals: everywhere,
    instead: 'maintenance-table',
  },
  'error-once': {
    about: 'page 2 of the table answers 500 once, and works from then on',
    failures: ['F6', 'F8'],
    portals: inPages,
    bites: { page: 2, times: 1 },
    instead: 'defect',
  },
  'error-mid-way': {
    about: 'page 3 of the table answers 500',
    failures: ['F6'],
    portals: inPages,
    bites: { page: 3 },
    instead: 'defect',
  },
} satisfies Record<string, Fault>
