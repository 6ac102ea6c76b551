import { randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import type { Broker } from '#core/broker/broker.ts'
import { openBroker } from '#core/broker/broker.ts'
import type { QueueName } from '#core/broker/topology.ts'
import type { Logger } from '#core/process/log.ts'
import { SettingsError } from '#core/process/settings.ts'
import { openStore, type Store } from '#core/store/store.ts'
import type { Tokens } from '#core/store/unsubscribe.ts'
import { makeRenderer } from '#templates/render.ts'
import type { Context } from './context.ts'
import { makeClock } from './clock.ts'
import { handleMessage } from './handle-message.ts'
import { makeIncidents } from './incidents.ts'
import { makeLateRuns } from './late-runs.ts'
import { postOf, replyToOf } from './mail-settings.ts'
import { mailSetupOf } from './mail-setup.ts'
import { makeMailer } from './mailer.ts'
import { policyOf } from './policy-settings.ts'
import { startSender } from './sender.ts'
import { makeUnsubscribeLink } from './unsubscribe-link.ts'
import { usualPauses, type Pauses } from './pauses.ts'
import type { Settings } from './settings.ts'
import { shopName, shopOf } from './shop-of.ts'
import type { At, Step } from './steps.ts'
import { startSweep } from './sweep.ts'
import { makeTroubles } from './troubles.ts'

/** Messages handled at a time, by queue. A run's parts may be staged side by side. */
const prefetch = { 'notifier.suppliers': 4, 'notifier.wishes': 8, 'notifier.runs': 8 } satisfies Partial<
  Record<QueueName, number>
>

/** Opens all that a notifier needs and lets it work until the stack is given back. */
export async function startNotifier(
  stack: AsyncDisposableStack,
  { settings, log, at, pauses = usualPauses }: { settings: Settings; log: Logger; at?: At<Step>; pauses?: Pauses },
): Promise<void> {
  const owner = `notifier-${process.pid}-${randomBytes(3).toString('hex')}`
  const store = stack.use(
    await openStore({ url: settings.MONGODB_URL, name: 'notifier', leaseSeconds: settings.LEASE_SECONDS }),
  )
  const broker = stack.use(
    await openBroker({ url: settings.AMQP_URL, namespace: settings.AMQP_NAMESPACE, name: 'notifier', log }),
  )
  const waker = new EventEmitter()
  const incidents = makeIncidents({ store, log })
  const clock = makeClock({ store, incidents, log })
  // By a clock that may be wrong nothing is begun.
  while (!(await clock.set()));
  const context: Context = {
    store,
    publish: broker.publish,
    isConnected: broker.isConnected,
    log,
    incidents,
    ...chosenBy(settings),
    late: makeLateRuns({ isConnected: broker.isConnected }),
    troubles: makeTroubles(log),
    pauses,
    beginWithinSeconds: settings.RUN_BEGIN_SECONDS,
    owner,
    now: clock.now,
    wakeSender: () => void waker.emit('due'),
    ...(at && { at }),
  }
  await demandOwnStore(store, settings.MODE)
  // A new installation outside the demo stands on hold until a person lets it go live (RULES section 7).
  await store.shopSettings.beginSending(settings.MODE === 'demo' ? 'live' : 'hold')
  if (settings.SENDING_AT_START) await store.shopSettings.setSendingMode(settings.SENDING_AT_START)
  await store.shopSettings.keepPolicy(context.policy)
  await store.shopSettings.keepMailSetup(mailSetupOf(settings))
  if (settings.MAIL_ONLY_TO !== undefined)
    log.warn(
      {},
      'MAIL_ONLY_TO is set: every mail goes to that address, customers get none, and what is sent counts as told',
    )
  const { sending, connections } = await sendingBy(settings, stack, await store.unsubscribe.tokens())
  const { mailer, from, onlyTo } = sending
  const adminMail = { mailer, from, to: settings.ADMIN_EMAIL, ...(onlyTo && { onlyTo }) }
  stack.use(startSweep(context, { everySeconds: settings.SWEEP_SECONDS, adminMail, clock }))
  const perMinute = settings.SMTP_PER_MINUTE
  // Stopped before the sweep, which may take its time: what is on its way needs what time there is.
  const sender = stack.use(startSender(context, { sending, connections, ...(perMinute && { perMinute }) }))
  waker.on('due', sender.wake)
  await consumeAll(context, broker)
}

async function consumeAll(context: Context, broker: Broker): Promise<void> {
  for (const queue of ['notifier.suppliers', 'notifier.wishes', 'notifier.runs'] as const) {
    await broker.consume({
      queue,
      prefetch: prefetch[queue],
      handle: (message) => handleMessage(context, message),
      onParked: ({ id, because }) =>
        context.incidents.open({
          kind: 'parked',
          subject: queue,
          words: `${id}: ${because}`,
          hint: 'See npm run avizo -- parked list; mend the cause, then parked retry, or parked drop',
        }),
    })
  }
}

/** The demo's orders are no customers of a shop, and what the demo "sent" of a shop's orders nobody got. */
async function demandOwnStore({ shopSettings }: Pick<Store, 'shopSettings'>, mode: Settings['MODE']): Promise<void> {
  const owner = await shopSettings.installedAs(mode)
  if (owner === mode) return
  const words = `the database was begun with MODE=${owner}, and this is MODE=${mode}`
  throw new SettingsError([`MONGODB_URL: ${words}; name another database, or drop this one`])
}

async function sendingBy(settings: Settings, stack: AsyncDisposableStack, tokens: Tokens) {
  const connections = settings.SMTP_CONNECTIONS
  const replyTo = replyToOf(settings)
  const mailer = makeMailer(postOf(settings))
  stack.defer(() => mailer.close())
  const { render } = await makeRenderer(shopOf(settings))
  const { MAIL_ONLY_TO: onlyTo, PUBLIC_URL: publicUrl } = settings
  return {
    sending: {
      mailer,
      render,
      from: settings.MAIL_FROM,
      renewEveryMs: settings.LEASE_SECONDS * 300,
      ...(publicUrl !== undefined && { unsubscribeLink: makeUnsubscribeLink(publicUrl, tokens) }),
      ...(replyTo !== undefined && { replyTo }),
      ...(onlyTo && { onlyTo }),
      ...(settings.MAILS_PER_DAY && { perDay: settings.MAILS_PER_DAY }),
    },
    connections,
  }
}

/** What the shop chose, each part where it belongs. */
function chosenBy(settings: Settings): Pick<Context, 'shop' | 'limit' | 'policy' | 'ranking' | 'keep'> {
  const { HOURLY_CUSTOMERS: customers, HOURLY_SHARE: share, HOURLY_FLOOR: floor } = settings
  return {
    shop: { name: shopName(settings), language: settings.SHOP_LANGUAGE, timeZone: settings.SHOP_TIME_ZONE },
    limit: { customers, share, floor },
    policy: policyOf(settings),
    ranking: settings.SUPPLIERS_RANKING,
    keep: {
      evidenceDays: settings.KEEP_EVIDENCE_DAYS,
      partsDays: settings.KEEP_PARTS_DAYS,
      runsDays: settings.KEEP_RUNS_DAYS,
      closedOrdersDays: settings.KEEP_CLOSED_ORDERS_DAYS,
    },
  }
}
