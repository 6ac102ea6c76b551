import type { Context } from 'hono'
import { makeAnswers } from '../portal/answers.ts'
import type { Asked } from '../portal/faults/fault.ts'
import { playFaults } from '../portal/play-faults.ts'
import type { StageOptions } from '../portal/stage.ts'
import { makeStage, makeStageApp } from '../portal/stage.ts'
import type { Served } from '../serve.ts'
import { serveApp } from '../serve.ts'
import { account } from './account.ts'
import { kontorItems, showcase } from './items.ts'
import { pageFrame } from './layout.ts'
import { noticePage } from './pages.ts'
import { makeStorefront, signInForm } from './storefront.ts'
import { notices, tongue } from './words.ts'

export type KontorOptions = StageOptions

/** "Sammelkontor Händlerportal": a price list that has to be filtered before it can be exported as XLSX. */
export function makeKontor(options: KontorOptions = {}) {
  const stage = makeStage(
    {
      portal: 'kontor',
      tongue,
      company: account.company,
      cookieName: 'kontor_sitzung',
      timeZone: 'Europe/Berlin',
      showcase,
      makeItems: kontorItems,
    },
    options,
  )
  const { shelf, faultSwitch, logins } = stage
  const answers = makeAnswers({
    notices,
    frame: pageFrame,
    home: '/preisliste',
    signInForm: (context) => signInForm(context, stage),
    drips: () => faultSwitch.fault.instead === 'drip',
  })
  const app = makeStageApp(stage)
  app.use(playFaults({ stage, describe, answers }))
  app.route('/', makeStorefront(stage))
  app.notFound((context) => context.html(noticePage('Nicht gefunden', 'Diese Seite gibt es hier nicht.'), 404))
  return { app, shelf, faultSwitch, logins }
}

/** The table is the file; the page with the filter stands around it. */
function describe(context: Context): Asked {
  const { method, path } = context.req
  if (path === '/anmeldung') return { what: method === 'POST' ? 'submit' : 'sign-in', page: 0 }
  if (path === '/preisliste/export') return { what: 'table', page: 1 }
  return { what: path === '/preisliste' ? 'list' : 'other', page: 0 }
}

export type ServedKontor = Served & Omit<ReturnType<typeof makeKontor>, 'app'>

/** The Sammelkontor on a port of loopback; port 0 takes any free one. */
export async function serveKontor({ port, ...options }: KontorOptions & { port: number }): Promise<ServedKontor> {
  const { app, ...portal } = makeKontor(options)
  return { ...portal, ...(await serveApp(app, port)) }
}
