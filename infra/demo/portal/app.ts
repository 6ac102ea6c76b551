import type { Context } from 'hono'
import type { Served } from '../serve.ts'
import { serveApp } from '../serve.ts'
import { account } from './account.ts'
import { makeAnswers } from './answers.ts'
import type { Asked } from './faults/fault.ts'
import { demoItems, showcase } from './items.ts'
import { pageFrame } from './layout.ts'
import { makeOffice } from './office.ts'
import { noticePage } from './pages.ts'
import { playFaults } from './play-faults.ts'
import type { StageOptions } from './stage.ts'
import { makeStage, makeStageApp } from './stage.ts'
import { makeStorefront, pageOf, signInForm } from './storefront.ts'
import { notices, tongue } from './words.ts'

export type PortalOptions = StageOptions & { pageSize?: number }

/** The supplier's portal: shop front, office and control face on one shelf. */
export function makePortal({ pageSize = 50, ...options }: PortalOptions = {}) {
  const stage = makeStage(
    {
      portal: 'tokimi',
      tongue,
      company: account.company,
      cookieName: 'tokimi_relace',
      timeZone: 'Europe/Prague',
      showcase: showcase.code,
      makeItems: demoItems,
    },
    options,
  )
  const { shelf, faultSwitch, logins } = stage
  const answers = makeAnswers({
    notices,
    frame: pageFrame,
    home: '/katalog',
    signInForm: (context) => signInForm(context, stage),
    drips: () => faultSwitch.fault.instead === 'drip',
  })
  const app = makeStageApp(stage)
  app.route('/kancelar', makeOffice({ shelf, faultSwitch }))
  app.use(playFaults({ stage, describe, answers }))
  app.route('/', makeStorefront({ ...stage, pageSize }))
  app.notFound((context) => {
    const way = { href: '/', text: 'Zpět na úvod' }
    return context.html(noticePage('Stránka nenalezena', 'Tato stránka na portálu není.', way), 404)
  })
  return { app, shelf, faultSwitch, logins }
}

function describe(context: Context): Asked {
  const { method, path } = context.req
  if (path === '/prihlaseni') return { what: method === 'POST' ? 'submit' : 'sign-in', page: 0 }
  return path === '/katalog' ? { what: 'table', page: pageOf(context) } : { what: 'other', page: 0 }
}

export type ServedPortal = Served & Omit<ReturnType<typeof makePortal>, 'app'>

/** The portal on a port of loopback; port 0 takes any free one. */
export async function servePortal({ port, ...options }: PortalOptions & { port: number }): Promise<ServedPortal> {
  const { app, ...portal } = makePortal(options)
  return { ...portal, ...(await serveApp(app, port)) }
}
