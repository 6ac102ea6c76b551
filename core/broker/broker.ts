import { EventEmitter, once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import type { ChannelModel, ConfirmChannel } from 'amqplib'
import { connect } from 'amqplib'
import type { Consumer, Log } from './consume.ts'
import { startConsumer } from './consume.ts'
import type { ParkedMessages } from './parked.ts'
import { makeParked } from './parked.ts'
import type { Publish } from './publish.ts'
import { makePublish, NotPublished } from './publish.ts'
import { declareTopology } from './topology.ts'

export type Broker = {
  publish: Publish
  consume(consumer: Consumer): Promise<void>
  /** Called now, if connected, and after every reconnection, when queues and consumers stand again. */
  onConnected(listener: () => void): void
  isConnected(): boolean
  /** What could not be processed, and how the queues are. */
  parked: ParkedMessages
  [Symbol.asyncDispose](): Promise<void>
}
export type BrokerOptions = { url: string; namespace: string; name: string; log: Log }

type Running = Awaited<ReturnType<typeof startConsumer>>

const reconnectWithinMs = 10_000
const settleWithinMs = 10_000

/** Connects for as long as the process lives: channels, consumers and topology are made anew after each loss. */
export async function openBroker({ url, namespace, name, log }: BrokerOptions): Promise<Broker> {
  const link = makeLink(namespace, log)
  const connection = await connect(withHeartbeat(url), {
    clientProperties: { connection_name: name },
    // Frames are small and each waits for an answer: together with the broker's delayed one that were 40 ms every time.
    noDelay: true,
    recovery: { initialDelay: 200, maxDelay: 5_000, setup: link.setup, waitForConnect: false },
  })
  connection.once('connect-failed', (error: Error) => log.warn({ err: error }, 'the broker is away; trying on'))
  connection.on('error', (error: Error) => log.warn({ err: error }, 'broker connection error'))
  connection.on('disconnect', link.forget)
  await connection.waitForConnect()
  return {
    publish: async (type, outgoing) => (await link.publisher())(type, outgoing),
    consume: link.consume,
    onConnected: link.onConnected,
    isConnected: link.isConnected,
    parked: makeParked(namespace, link.lend),
    async [Symbol.asyncDispose]() {
      await link.settle()
      await connection.close()
    },
  }
}

/** What stands on the connection of the moment, and is made anew on the next one. */
function makeLink(namespace: string, log: Log) {
  const events = new EventEmitter()
  const consumers: Consumer[] = []
  let model: ChannelModel | null = null
  let publish: Publish | null = null
  let running: Running[] = []
  let closing = false

  const keptChannel = (fresh: ChannelModel) =>
    openChannel(fresh, { log, onLost: () => closing || destroySocket(fresh) })
  const run = async (fresh: ChannelModel, consumer: Consumer) =>
    startConsumer(await keptChannel(fresh), { consumer, namespace, log })

  return {
    async setup(fresh: ChannelModel): Promise<void> {
      running = []
      const channel = await keptChannel(fresh)
      await declareTopology(channel, namespace)
      for (const consumer of consumers) running.push(await run(fresh, consumer))
      publish = makePublish(channel, namespace)
      model = fresh
      events.emit('connected')
    },
    forget(): void {
      model = null
      publish = null
      if (!closing) log.warn({}, 'the broker is away; reconnecting')
    },
    async publisher(): Promise<Publish> {
      const soon = AbortSignal.timeout(reconnectWithinMs)
      if (publish === null) await once(events, 'connected', { signal: soon }).catch(() => {})
      if (publish === null) throw new NotPublished(`the broker has been away for ${reconnectWithinMs / 1000} s`)
      return publish
    },
    async consume(consumer: Consumer): Promise<void> {
      consumers.push(consumer)
      if (model !== null) running.push(await run(model, consumer))
    },
    /** A channel of its own, which may break without breaking anything else. */
    async lend<T>(use: (channel: ConfirmChannel) => Promise<T>): Promise<T> {
      if (model === null) throw new NotPublished('the broker is away')
      const channel = await model.createConfirmChannel()
      channel.on('error', () => {}) // Told by what was tried on it.
      try {
        return await use(channel)
      } finally {
        await channel.close().catch(() => {}) // It may have broken already.
      }
    },
    onConnected(listener: () => void): void {
      events.on('connected', listener)
      if (model !== null) listener()
    },
    isConnected: () => model !== null,
    async settle(): Promise<void> {
      closing = true
      if (model !== null) await settleAll(running)
    },
  }
}

/** A channel that breaks alone takes the connection with it, so that recovery makes both anew. */
async function openChannel(
  model: ChannelModel,
  { log, onLost }: { log: Log; onLost(): void },
): Promise<ConfirmChannel> {
  const channel = await model.createConfirmChannel()
  channel.on('error', (error: Error) => log.warn({ err: error }, 'the broker closed a channel; connecting anew'))
  channel.once('close', onLost)
  return channel
}

async function settleAll(running: Running[]): Promise<void> {
  await Promise.allSettled(running.map((consumer) => consumer.cancel()))
  const settled = Promise.all(running.map((consumer) => consumer.settled()))
  await Promise.race([settled, wait(settleWithinMs, undefined, { ref: false })])
}

function withHeartbeat(url: string): string {
  const address = new URL(url)
  if (!address.searchParams.has('heartbeat')) address.searchParams.set('heartbeat', '15')
  return address.href
}

function destroySocket(model: ChannelModel): void {
  const { stream } = model.connection as unknown as { stream: { destroy(): void } }
  stream.destroy()
}
