import type { Context } from 'hono'
import { makeAnswers } from '../portal/answers.ts'
import type { Asked } from '../portal/faults/fault.ts'
import { playFaults } from '../portal/play-faults.ts'
import type { StageOptions } from '../portal/stage.ts'
import { makeStage, makeStageApp } from '../portal/stage.ts'
import type { Served } from '../serve.ts'
import { serveApp } from '../serve.ts'
import { account } from './account.ts'
import { northpineItems, showcase } from './items.ts'
import { pageFrame } from './layout.ts'
import { noticePage } from './pages.ts'
import { makeStorefront, pageOf, signInForm } from './storefront.ts'
import { makeTokens } from './tokens.ts'
import { notices, tongue } from './words.ts'

export type NorthpineOptions = StageOptions & { pageSize?: number }

/** "Northpine Trade": a page that is made by script from JSON, which it fetches with a bearer token. */
export function makeNorthpine({ pageSize = 50, ...options }: NorthpineOptions = {}) {
  const tokens = makeTokens()
  const stage = makeStage(
    {
      portal: 'northpine',
      tongue,
      company: account.company,
      cookieName: 'northpine_session',
      timeZone: 'America/Chicago',
      showcase,
      makeItems: northpineItems,
      forget: () => tokens.forget(),
    },
    options,
  )
  const { shelf, faultSwitch, logins, sessions } = stage
  const answers = makeAnswers({
    notices,
    frame: pageFrame,
    home: '/inventory',
    signInForm: (context) => signInForm(context, stage),
    drips: () => faultSwitch.fault.instead === 'drip',
    isData: ({ req }) => req.path.startsWith('/api/'),
  })
  const endVisit = (context: Context) => sessions.drop(tokens.sessionOf(context, sessions)?.id ?? '')
  const app = makeStageApp(stage)
  app.use(playFaults({ stage, describe, answers, endVisit }))
  app.route('/', makeStorefront({ ...stage, tokens, pageSize }))
  app.notFound((context) => context.html(noticePage('Page not found', 'There is no such page here.'), 404))
  return { app, shelf, faultSwitch, logins }
}

/** The table is its data; the page that shows them stands around it. */
function describe(context: Context): Asked {
  const { method, path } = context.req
  if (path === '/login') return { what: method === 'POST' ? 'submit' : 'sign-in', page: 0 }
  if (path === '/api/inventory') return { what: 'table', page: pageOf(context) }
  return { what: path === '/inventory' ? 'list' : 'other', page: 0 }
}

export type ServedNorthpine = Served & Omit<ReturnType<typeof makeNorthpine>, 'app'>

/** Northpine on a port of loopback; port 0 takes any free one. */
export async function serveNorthpine({
  port,
  ...options
}: NorthpineOptions & { port: number }): Promise<ServedNorthpine> {
  const { app, ...portal } = makeNorthpine(options)
  return { ...portal, ...(await serveApp(app, port)) }
}
