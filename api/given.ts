import type { HttpBindings } from '@hono/node-server'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Broker } from '#core/broker/broker.ts'
import type { MailLanguage } from '#core/domain/language.ts'
import type { Logger } from '#core/process/log.ts'
import type { Store } from '#core/store/store.ts'
import type { NameServers } from './mail-check.ts'

export type Shop = { language: MailLanguage; timeZone: string }

/** Whether each of the two that nothing works without answers now. */
export type Readiness = { store: boolean; broker: boolean }

/** All that the API is made from. */
export type Given = {
  store: Pick<
    Store,
    | 'orders'
    | 'links'
    | 'items'
    | 'changes'
    | 'suppliers'
    | 'runs'
    | 'notices'
    | 'holds'
    | 'people'
    | 'shopSettings'
    | 'unsubscribe'
    | 'incidents'
    | 'evidence'
    | 'tellAgains'
    | 'kept'
    | 'restored'
  >
  broker: Pick<Broker, 'publish' | 'isConnected'> & Partial<Pick<Broker, 'parked'>>
  key: string
  shop: Shop
  log: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>
  ready(): Promise<Readiness>
  clock?: () => Date
  /** Those of this machine where not given. */
  nameServers?: NameServers
  /** After so long a request is answered 503, whatever the store still does with it. */
  answerWithinMs?: number
  /** So long a notifier is waited for that works out anew what a hold shows. */
  attendWithinMs?: number
}

/** Without bindings where no socket stands behind a request, as in tests. */
export type Env = { Bindings: Partial<HttpBindings> }
export type App = OpenAPIHono<Env>
