import type { Fault } from './fault.ts'
import { everywhere, inPages, tablePage } from './fault.ts'

/** The way in: a form taken for content, steps without effect, a portal that says no (F1–F3). */
export const signInFaults = {
  'form-instead-of-table': {
    about: 'the sign-in form stands at the address of the table, with status 200',
    failures: ['F1'],
    portals: everywhere,
    bites: { at: ['table'] },
    instead: 'sign-in-form',
  },
  'form-mid-way': {
    about: 'from page 2 of the table on, its address shows the sign-in form, with status 200',
    failures: ['F1', 'F6'],
    portals: inPages,
    bites: { fromPage: 2 },
    instead: 'sign-in-form',
  },
  'session-lost': {
    about: 'the session ends while page 2 or a later one is read',
    failures: ['F1', 'F6'],
    portals: inPages,
    bites: { fromPage: 2 },
    session: 'ends',
  },
  'session-lost-at-once': {
    about: 'the session ends before the table is shown at all',
    failures: ['F1'],
    portals: everywhere,
    bites: { at: ['table'] },
    session: 'ends',
  },
  'cookies-dropped': {
    about: 'with page 2 of the table the portal takes its cookie away',
    failures: ['F1', 'F6'],
    portals: ['tokimi', 'hurtownia'],
    bites: { page: 2 },
    session: 'cookie-dropped',
  },
  'other-account': {
    about: 'who signed in is shown as another customer',
    failures: ['F1'],
    portals: everywhere,
    page: (text, { company, tongue }) => text.replaceAll(company, tongue.otherCompany),
  },
  'submit-dead': {
    about: 'the button of the sign-in form does nothing',
    failures: ['F2'],
    portals: everywhere,
    bites: { at: ['sign-in'] },
    page: (text) => beforeEnd(text, '<script>addEventListener("submit", (e) => e.preventDefault(), true)</script>'),
  },
  'submit-ignored': {
    about: 'right credentials lead back to the empty form, without a word',
    failures: ['F2'],
    portals: everywhere,
    signIn: 'ignored',
  },
  'fields-renamed': {
    about: 'the fields of the sign-in form have other names and ids',
    failures: ['F2'],
    portals: everywhere,
    bites: { at: ['sign-in'] },
    page: (text) =>
      text.replaceAll(/<input\b(?![^>]*_csrf)[^>]*>/g, (tag) => tag.replaceAll(/\b(id|name)="/g, '$1="x-')),
  },
  overlay: {
    about: 'a window with an offer covers the sign-in form and takes the clicks',
    failures: ['F2'],
    portals: everywhere,
    bites: { at: ['sign-in'] },
    page: (text, { tongue }) =>
      beforeEnd(
        text,
        `<div role="dialog" style="position:fixed;inset:0;z-index:99;background:#fffd;padding:20vh 10vw"><h2>${tongue.offer}</h2></div>`,
      ),
  },
  'login-refused': {
    about: 'correct credentials are refused',
    failures: ['F3'],
    portals: everywhere,
    signIn: 'refused',
  },
  'login-locked': {
    about: 'the account is locked after too many tries',
    failures: ['F3'],
    portals: everywhere,
    signIn: 'locked',
  },
  'password-expired': {
    about: 'after the right credentials a new password is demanded',
    failures: ['F3'],
    portals: everywhere,
    signIn: 'password-expired',
  },
  'code-refused': {
    about: 'the right one-time code is refused',
    failures: ['F3'],
    portals: ['hurtownia'],
    signIn: 'code-refused',
  },
  'password-field': {
    about: 'the page of the table has a password field, though all is well',
    failures: ['F1'],
    portals: everywhere,
    bites: tablePage,
    page: (text, { tongue }) =>
      text.replace(
        '</main>',
        `<form class="heslo-zmena"><label>${tongue.newPassword} <input type="password" /></label></form></main>`,
      ),
  },
} satisfies Record<string, Fault>

/** Puts markup at the end of a whole page; parts of pages and data stay as they are. */
export function beforeEnd(text: string, markup: string): string {
  return text.replace('</body>', () => `${markup}</body>`)
}
