import type { Context } from 'hono'
import { Hono } from 'hono'
import { readForm } from '../control.ts'
import { same } from '../portal/same.ts'
import type { Session } from '../portal/sessions.ts'
import type { Env, Stage } from '../portal/stage.ts'
import { account } from './account.ts'
import type { CodeCheck } from './one-time-code.ts'
import { codePage, loginPage, newPasswordPage, noticePage, otherSessionPage, passwordPage } from './pages.ts'

const refused = 'Nieprawidłowy login lub hasło.'
const locked = 'Konto zostało zablokowane po zbyt wielu nieudanych próbach. Skontaktuj się z opiekunem.'
const codeRefused = 'Nieprawidłowy lub już użyty kod.'

type Parts = Stage & { codes: CodeCheck }
/** How far a visitor has come on the way in. */
type Progress = { login: string; passwordRight: boolean; codeRight: boolean }
type Visit = { session: Session; done: Progress; field: (name: string) => string }
type Act = (visit: Visit) => Response | Promise<Response>

/** Login, password, one-time code, and where somebody is signed in already, whether to go on here. */
export function makeSignIn(parts: Parts): Hono<Env> {
  const { visits } = parts
  const known = new WeakMap<Session, Progress>()
  const shown = (context: Context<Env>, act: Act) => {
    const session = visits.current(context)
    const done = session && known.get(session)
    return session && done ? act({ session, done, field: () => '' }) : context.redirect('/logowanie')
  }
  const sent = (context: Context<Env>, act: Act) => withForm(context, { visits, known, act })
  const front = new Hono<Env>()
  front.get('/', (context) => {
    return visits.current(context)?.user ? context.redirect('/towary') : signInForm(context, { visits })
  })
  front.post('/', (context) => sent(context, (visit) => takeLogin(context, visit)))
  front.get('/haslo', (context) =>
    shown(context, ({ session, done }) => context.html(passwordPage(session.csrf, { login: done.login }))),
  )
  front.post('/haslo', (context) => sent(context, (visit) => takePassword(context, visit, parts)))
  front.get('/kod', (context) =>
    shown(context, ({ session, done }) =>
      done.passwordRight ? context.html(codePage(session.csrf)) : toStart(context),
    ),
  )
  front.post('/kod', (context) => sent(context, (visit) => takeCode(context, visit, parts)))
  front.get('/sesja', (context) =>
    shown(context, ({ session, done }) =>
      done.codeRight ? context.html(otherSessionPage(session.csrf)) : toStart(context),
    ),
  )
  front.post('/sesja', (context) => sent(context, (visit) => takeOver(context, visit, parts)))
  return front
}

/** The first form, whoever asks; also where it doesn't belong. */
export function signInForm(context: Context, { visits }: Pick<Stage, 'visits'>) {
  return context.html(loginPage(visits.open(context).csrf))
}

/** Whether the login exists is not said before the password. */
function takeLogin(context: Context<Env>, { done, field }: Visit) {
  Object.assign(done, { login: field('login').trim(), passwordRight: false, codeRight: false })
  return context.redirect('/logowanie/haslo', 303)
}

function takePassword(context: Context<Env>, { session, done, field }: Visit, { logins }: Parts) {
  const mood = context.get('fault').signIn
  if (done.login === '' || mood === 'ignored') return toStart(context)
  const right = done.login === account.username && same(field('haslo'), account.password)
  if (!right || mood === 'refused' || mood === 'locked') {
    logins.refused += 1
    const error = mood === 'locked' ? locked : refused
    return context.html(passwordPage(session.csrf, { login: done.login, error }))
  }
  if (mood === 'password-expired') return context.html(newPasswordPage(session.csrf))
  done.passwordRight = true
  return context.redirect('/logowanie/kod', 303)
}

function takeCode(context: Context<Env>, { session, done, field }: Visit, parts: Parts) {
  if (!done.passwordRight) return toStart(context)
  if (context.get('fault').signIn === 'code-refused' || !parts.codes.takes(field('kod'))) {
    parts.logins.refused += 1
    return context.html(codePage(session.csrf, { error: codeRefused }))
  }
  done.codeRight = true
  return parts.sessions.isOpenFor(account.username) ? context.redirect('/logowanie/sesja', 303) : enter(context, parts)
}

function takeOver(context: Context<Env>, { done }: Visit, parts: Parts) {
  if (!done.codeRight) return toStart(context)
  parts.sessions.dropUser(account.username)
  return enter(context, parts)
}

function enter(context: Context<Env>, { logins, visits }: Parts) {
  logins.accepted += 1
  visits.signIn(context, account.username)
  return context.redirect('/towary', 303)
}

function toStart(context: Context) {
  return context.redirect('/logowanie', 303)
}

type Form = { visits: Stage['visits']; known: WeakMap<Session, Progress>; act: Act }

/** Only forms that were given out to this visitor are taken. */
async function withForm(context: Context<Env>, { visits, known, act }: Form): Promise<Response> {
  const fields = await readForm(context)
  const session = visits.current(context)
  if (!session || !same(fields['_csrf'] ?? '', session.csrf)) {
    return context.html(noticePage('Formularz wygasł', 'Prosimy wypełnić formularz ponownie.'), 403)
  }
  const done = known.get(session) ?? { login: '', passwordRight: false, codeRight: false }
  known.set(session, done)
  return act({ session, done, field: (name) => fields[name] ?? '' })
}
