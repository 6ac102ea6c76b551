import { bodyLimit } from 'hono/body-limit'
import { Hono } from 'hono'
import type { Day } from '#core/domain/availability.ts'
import { dayOf } from '#core/domain/day.ts'
import type { Logins } from './control.ts'
import { makeControl } from './control.ts'
import type { Fault, PortalName, World } from './faults/fault.ts'
import { faultsOf, makeFaultSwitch } from './faults.ts'
import type { DemoItem } from './items.ts'
import { makeSessions } from './sessions.ts'
import { openShelf } from './shelf.ts'
import type { Tongue } from './tongue.ts'
import { makeVisits } from './visits.ts'

export type StageOptions = {
  /** Instead of the portal's own. */
  items?: DemoItem[]
  sessionMinutes?: number
  /** Each answer begins so much later. */
  latencyMs?: number
  now?: () => Date
  /** Keeps edits over a restart; without it they live in memory. */
  stateFile?: string
}

/** What makes one portal another. */
export type Cast = {
  portal: PortalName
  tongue: Tongue
  company: string
  cookieName: string
  timeZone: string
  /** The item that moods of one item bite. */
  showcase: string
  makeItems: (start: Day) => DemoItem[]
  /** Forgets what the portal keeps besides sessions. */
  forget?: () => void
}

/** What a request carries through a portal: the mood as far as it bites it. */
export type Env = { Variables: { fault: Partial<Fault>; world: World } }
export type Stage = ReturnType<typeof makeStage>

/** What all portals stand on: shelf, sessions, moods, and the count of sign-ins. */
export function makeStage(cast: Cast, options: StageOptions) {
  const { sessionMinutes = 30, now = () => new Date(), latencyMs = 0 } = options
  const today = dayOf(now(), cast.timeZone)
  const shelf = openShelf({ file: options.stateFile, today, items: options.items, makeItems: cast.makeItems })
  const sessions = makeSessions({ now, minutes: sessionMinutes })
  const visits = makeVisits({ sessions, cookieName: cast.cookieName })
  const faultSwitch = makeFaultSwitch()
  const logins: Logins = { attempts: 0, accepted: 0, refused: 0 }
  const world = (): World => {
    const { codes, requests: request } = faultSwitch
    const { portal, tongue, company } = cast
    const bitten = bittenItems({ codes, items: shelf.items, showcase: cast.showcase })
    return { portal, tongue, company, start: shelf.start, request, ...bitten }
  }
  const forget = () => {
    sessions.dropAll()
    cast.forget?.()
  }
  const control = makeControl({ shelf, faultSwitch, logins, names: faultsOf(cast.portal), forget })
  return { portal: cast.portal, shelf, sessions, visits, faultSwitch, logins, world, now, latencyMs, control }
}

/** An app with the control face, which no mood touches. */
export function makeStageApp({ control }: Pick<Stage, 'control'>): Hono<Env> {
  const app = new Hono<Env>()
  app.use(bodyLimit({ maxSize: 64 * 1024 }))
  app.route('/control', control)
  return app
}

type Choice = { codes: string[]; items: () => DemoItem[]; showcase: string }

/** The items that moods of texts and keys bite: those that were named, or the portal's own choice. */
function bittenItems({ codes, items, showcase }: Choice): Pick<World, 'isOne' | 'isSome'> {
  // Chosen only when asked for: few moods do, and a table may have 10,000 rows.
  let some: Set<string> | undefined
  const isSome = ({ code }: DemoItem) =>
    (some ??= new Set(codes.length > 0 ? codes : chosenCodes(items(), showcase))).has(code)
  const one = items().find((item) => item.code === showcase) ?? items()[0]
  return { isSome, isOne: codes.length > 0 ? isSome : ({ code }) => code === one?.code }
}

/** The showcase and two more that name a date and nothing else: so few that no gate closes. */
function chosenCodes(items: DemoItem[], showcase: string): string[] {
  const dated = items.filter(({ delivery, quantity = '0' }) => /\d{4}/.test(delivery) && Number(quantity) === 0)
  const others = dated.filter(({ code }) => code !== showcase).slice(0, 2)
  const first = items.find(({ code }) => code === showcase) ?? items[0]
  return [...(first ? [first] : []), ...others].map(({ code }) => code)
}
