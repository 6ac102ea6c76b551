import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { FailureKind } from '#core/domain/messages.ts'
import { makeTestBrowsers } from '#test/scraper/a-browser.ts'
import type { Case } from './a-form.ts'
import { answering, impatient, playOnce, stepsOfTwo } from './a-form.ts'
import { form, home, loginForm, passwordField, userField } from './a-portal.ts'

let browsers: Awaited<ReturnType<typeof makeTestBrowsers>>
before(async () => {
  browsers = await makeTestBrowsers()
})
after(() => browsers.clear())

const alert = (text: string) => form(userField + passwordField, { more: `<p class="error">${text}</p>` })
const script = (code: string) =>
  form(userField + passwordField, {
    more: `<script>document.forms[0].onsubmit = (event) => { event.preventDefault(); ${code} }</script>`,
  })

type Expected = Case & { title: string; kind: FailureKind; words: RegExp }
const cases: Expected[] = [
  {
    title: 'a wrong password is refused, in the words of the portal',
    play: answering(alert('Nesprávné jméno nebo heslo.')),
    submits: 1,
    kind: 'login-refused',
    words: /wrong user name or password.*nesprávné jméno nebo heslo/,
  },
  {
    title: 'the form shown again is a refusal without any words',
    play: answering(loginForm),
    submits: 1,
    kind: 'login-refused',
    words: /without saying why.*the form with #user is shown again/,
  },
  {
    title: 'a locked account is refused',
    play: answering({ status: 403, html: '<h1>Ihr Konto wurde gesperrt</h1>' }),
    submits: 1,
    kind: 'login-refused',
    words: /the account is locked/,
  },
  {
    title: 'an expired password is refused though the name of the account is shown above the form for a new one',
    play: answering({ html: `${home.html}<p>Your password has expired</p><input type="password">` }),
    submits: 1,
    kind: 'login-refused',
    words: /the password has expired/,
  },
  {
    title: 'what the definition knows as a refusal goes before the built-in words',
    play: answering({ html: '<p class="stop">Kontaktujte obchodní oddělení (access denied)</p>' }),
    signIn: { refused: [{ selector: '.stop', words: 'obchodní  ODDĚLENÍ', means: 'locked' }] },
    submits: 1,
    kind: 'login-refused',
    words: /the account is locked/,
  },
  {
    title: 'a refusal in an alert is heard',
    play: answering({}, script(`fetch('/api', { method: 'POST' }).then(() => alert('Neplatné přihlašovací údaje'))`)),
    submits: 1,
    kind: 'login-refused',
    words: /neplatné přihlašovací údaje/,
  },
  {
    title: 'refused goes before blocked: a captcha beside the form that comes again is a refusal',
    play: answering(alert('Opište text z obrázku <input name="captcha">'), loginForm),
    submits: 1,
    kind: 'login-refused',
    words: /shown again/,
  },
  {
    title: 'a 401 without a form is a refusal',
    play: answering({ status: 401, html: 'Unauthorized' }),
    submits: 1,
    kind: 'login-refused',
    words: /answers 401/,
  },
  {
    title: 'a captcha beside the form keeps us out before anything is submitted',
    play: () => alert('Opište text z obrázku <input name="captcha">'),
    submits: 0,
    kind: 'blocked',
    words: /captcha/,
  },
  {
    title: 'a captcha page with status 200 instead of the form',
    play: () => ({ html: '<h1>Ověřte, že nejste robot</h1>' }),
    submits: 0,
    kind: 'blocked',
    words: /nejste robot/,
  },
  {
    title: 'a captcha page with status 200 after the submit',
    play: answering({ html: '<h1>Verify you are human</h1>' }),
    submits: 1,
    kind: 'blocked',
    words: /verify you are human/,
  },
  {
    title: 'a waiting room',
    play: answering({ html: '<h1>Virtuální čekárna</h1><p>Jste ve frontě</p>' }),
    submits: 1,
    kind: 'blocked',
    words: /čekárna/,
  },
  {
    title: 'too many requests after the submit',
    play: answering({ status: 429, html: 'Slow down' }),
    submits: 1,
    kind: 'blocked',
    words: /answers 429/,
  },
  { title: 'forbidden', play: () => ({ status: 403, html: 'No' }), submits: 0, kind: 'blocked', words: /answers 403/ },
  {
    title: 'the definition’s own sign of a block',
    play: () => alert('Noční údržba'),
    signIn: { blocked: [{ words: 'noční údržba' }] },
    submits: 0,
    kind: 'blocked',
    words: /Noční údržba/,
  },
  { title: 'a portal that is down', play: () => ({ status: 503 }), submits: 0, kind: 'down', words: /answers 503/ },
  {
    title: 'a portal that goes down with the submit is not asked again',
    play: answering({ status: 503, html: 'Bad gateway' }),
    submits: 1,
    kind: 'down',
    words: /answers 503/,
  },
  {
    title: 'an answer that never comes',
    play: answering('never'),
    submits: 1,
    kind: 'slow',
    words: /no answer in time/,
  },
  {
    title: 'an answer to a script that never comes',
    play: answering('never', script(`fetch('/api', { method: 'POST' })`)),
    submits: 1,
    kind: 'slow',
    words: /no answer in time/,
  },
  {
    title: 'a form that never comes',
    play: () => 'never',
    submits: 0,
    kind: 'slow',
    words: /\/login was not there within/,
  },
  {
    title: 'a submit that does nothing is no refusal: no request left',
    play: answering(home, script('')),
    submits: 0,
    kind: 'changed',
    words: /#send did nothing: no request left/,
  },
  {
    title: 'a submit of which it is not certain that nothing left is a refusal',
    play: answering(home, script(`navigator.sendBeacon('/api')`)),
    submits: 1,
    kind: 'login-refused',
    words: /shown again/,
  },
  {
    title: 'a form that lost a field',
    play: () => form(userField),
    submits: 0,
    kind: 'changed',
    words: /expected the sign-in form with #user, #pass; met \/login "Portal" shows: Přihlásit/,
  },
  {
    title: 'a form that lost its button',
    play: () => ({ html: userField + passwordField }),
    submits: 0,
    kind: 'changed',
    words: /expected one #send \(met none\)/,
  },
  {
    title: 'a field that does not take what is filled in',
    play: () => form(`${userField.replace('>', ' oninput="this.value = this.value.slice(0, 3)">')}${passwordField}`),
    submits: 0,
    kind: 'changed',
    words: /the field #user does not take/,
  },
  {
    title: 'a page that proves nothing is no sign-in: other name of the account',
    play: answering({ html: '<b class="account">Jiná firma a.s.</b>' }),
    submits: 1,
    kind: 'changed',
    words: /expected \.account with "Figurkov s\.r\.o\."/,
  },
  {
    title: 'a page that proves nothing is no sign-in: a password field',
    play: answering({ html: `${home.html}<input type="password" id="other">` }),
    submits: 1,
    kind: 'changed',
    words: /no password field/,
  },
  {
    title: 'a second page that does not come',
    play: answering({ html: '<p>Vítejte</p>' }, form(userField)),
    signIn: { steps: stepsOfTwo },
    submits: 1,
    kind: 'changed',
    words: /expected the next step's #pass/,
  },
]
// Most of their time they wait, each for its own portal.
describe('how a form may end', { concurrency: 3 }, () => {
  for (const { title, kind, words, ...one } of cases) {
    test(`${title} (${kind})`, async () => {
      const { failure } = await playOnce(browsers.share, { limits: impatient, ...one })
      assert.deepEqual([failure?.kind, words.test(failure?.message ?? '')], [kind, true], failure?.message)
      assert.match(failure?.step ?? '', /^sign in: |^obstacle/)
      assert.ok(failure?.hasPage, 'the failure knows its page')
    })
  }
})
