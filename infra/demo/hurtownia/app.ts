import type { Context } from 'hono'
import { makeAnswers } from '../portal/answers.ts'
import type { Asked } from '../portal/faults/fault.ts'
import { playFaults } from '../portal/play-faults.ts'
import type { StageOptions } from '../portal/stage.ts'
import { makeStage, makeStageApp } from '../portal/stage.ts'
import type { Served } from '../serve.ts'
import { serveApp } from '../serve.ts'
import { account } from './account.ts'
import { figurkowoItems, showcase } from './items.ts'
import { pageFrame } from './layout.ts'
import { makeCodeCheck } from './one-time-code.ts'
import { noticePage } from './pages.ts'
import { signInForm } from './sign-in.ts'
import { makeStorefront, pageOf } from './storefront.ts'
import { notices, tongue } from './words.ts'

export type HurtowniaOptions = StageOptions & { pageSize?: number }

/** "Figurkowo B2B": login, password and one-time code; one table with "Pokaż więcej". */
export function makeHurtownia({ pageSize = 30, ...options }: HurtowniaOptions = {}) {
  const codes = makeCodeCheck({ secret: account.totp, now: options.now ?? (() => new Date()) })
  const stage = makeStage(
    {
      portal: 'hurtownia',
      tongue,
      company: account.company,
      cookieName: 'figurkowo_sesja',
      timeZone: 'Europe/Warsaw',
      showcase,
      makeItems: figurkowoItems,
      forget: () => codes.forget(),
    },
    options,
  )
  const { shelf, faultSwitch, logins } = stage
  const answers = makeAnswers({
    notices,
    frame: pageFrame,
    home: '/towary',
    signInForm: (context) => signInForm(context, stage),
    drips: () => faultSwitch.fault.instead === 'drip',
  })
  const app = makeStageApp(stage)
  app.use(playFaults({ stage, describe: (context) => describe(context, pageSize), answers }))
  app.route('/', makeStorefront({ ...stage, codes, pageSize }))
  app.notFound((context) => context.html(noticePage('Nie znaleziono', 'Takiej strony tu nie ma.'), 404))
  return { app, shelf, faultSwitch, logins }
}

function describe(context: Context, pageSize: number): Asked {
  const { method, path } = context.req
  if (path === '/logowanie/haslo' && method === 'POST') return { what: 'submit', page: 0 }
  if (path.startsWith('/logowanie')) return { what: 'sign-in', page: 0 }
  return path.startsWith('/towary') ? { what: 'table', page: pageOf(context, pageSize) } : { what: 'other', page: 0 }
}

export type ServedHurtownia = Served & Omit<ReturnType<typeof makeHurtownia>, 'app'>

/** Figurkowo on a port of loopback; port 0 takes any free one. */
export async function serveHurtownia({
  port,
  ...options
}: HurtowniaOptions & { port: number }): Promise<ServedHurtownia> {
  const { app, ...portal } = makeHurtownia(options)
  return { ...portal, ...(await serveApp(app, port)) }
}
