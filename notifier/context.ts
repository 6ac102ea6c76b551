import type { Publish } from '#core/broker/publish.ts'
import type { HourlyLimit } from '#core/domain/hourly-limit.ts'
import type { Policy } from '#core/domain/policy.ts'
import type { MailLanguage } from '#core/domain/language.ts'
import type { Logger } from '#core/process/log.ts'
import type { Store } from '#core/store/store.ts'
import type { Keep } from './forget-old.ts'
import type { Incidents } from './incidents.ts'
import type { LateRuns } from './late-runs.ts'
import type { Pauses } from './pauses.ts'
import type { At, Step } from './steps.ts'
import type { Troubles } from './troubles.ts'

export type Shop = { name: string; language: MailLanguage; timeZone: string }

/** What the notifier's use-cases work with; each asks for the part that it needs. */
export type Context = {
  store: Store
  publish: Publish
  /** Whether the broker is there: what is requested while it is away may never be sent. */
  isConnected(): boolean
  log: Logger
  incidents: Incidents
  shop: Shop
  policy: Policy
  limit: HourlyLimit
  /** Suppliers in the order in which the shop prefers them, where several have an article. */
  ranking: readonly string[]
  late: LateRuns
  troubles: Troubles
  keep: Keep
  pauses: Pauses
  /** A request that no scraper began within this time has failed: the next tick is another. */
  beginWithinSeconds: number
  /** Who this process is, in claims. */
  owner: string
  now(): Date
  /** Tells the sender of this process that something may be due. */
  wakeSender(): void
  at?: At<Step>
}
