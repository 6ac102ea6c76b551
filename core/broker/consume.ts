import { setTimeout as wait } from 'node:timers/promises'
import type { ConfirmChannel, ConsumeMessage } from 'amqplib'
import type { MessageOf, MessageType } from '#core/domain/messages.ts'
import { messages } from '#core/domain/messages.ts'
import type { Publish } from './publish.ts'
import { confirmed, makePublish } from './publish.ts'
import type { QueueName } from './topology.ts'
import { parkedQueue } from './topology.ts'

/** What a handler decided; the consumer acts on it (STYLE 14). */
export type Verdict = { kind: 'done' } | { kind: 'again'; because: string } | { kind: 'park'; because: string }
export const done: Verdict = { kind: 'done' }

export type Incoming = {
  [T in MessageType]: { type: T; id: string; body: MessageOf<T>; redelivered: boolean; publish: Publish }
}[MessageType]

export type Consumer = {
  queue: QueueName
  /** Messages handled at the same time, at most 20 (see the delivery limit). */
  prefetch: number
  handle(message: Incoming): Promise<Verdict>
  onParked?(parked: { queue: string; id: string; because: string }): Promise<void> | void
}

export type Log = { warn(fields: object, text: string): void; info(fields: object, text: string): void }
type Consuming = { cancel(): Promise<void>; settled(): Promise<void> }

const firstPauseMs = 200
const longestPauseMs = 15_000

/** Consumes on a channel of its own; what a handler publishes with its message goes by this very channel. */
export async function startConsumer(
  channel: ConfirmChannel,
  { consumer, namespace, log }: { consumer: Consumer; namespace: string; log: Log },
): Promise<Consuming> {
  const queue = namespace + consumer.queue
  const publish = makePublish(channel, namespace)
  const under = new Set<Promise<void>>()
  const closed = new AbortController()
  channel.once('close', () => closed.abort())
  await channel.prefetch(consumer.prefetch)
  const { consumerTag } = await channel.consume(queue, (raw) => {
    if (raw === null) return
    const work = settle(raw).catch((error: unknown) => {
      if (!closed.signal.aborted) log.warn({ queue, err: error }, 'a message could not be settled; it comes again')
    })
    under.add(work)
    void work.finally(() => under.delete(work))
  })

  async function settle(raw: ConsumeMessage): Promise<void> {
    const parsed = parse(raw, publish)
    const verdict = parsed.kind === 'park' ? parsed : await handleInPlace(parsed.message)
    if (closed.signal.aborted) return
    if (verdict.kind === 'park') await park(raw, verdict.because)
    channel.ack(raw)
  }

  /** Waits in place, the message unacked, until store or mail server answers; takes no more meanwhile. */
  async function handleInPlace(message: Incoming): Promise<Exclude<Verdict, { kind: 'again' }>> {
    for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, longestPauseMs)) {
      const verdict = await consumer.handle(message).catch(defectOf)
      if (verdict.kind !== 'again') return verdict
      if (pause === firstPauseMs) log.warn({ queue, message: message.id }, `waiting: ${verdict.because}`)
      await wait(pause, undefined, { signal: closed.signal })
    }
  }

  async function park(raw: ConsumeMessage, because: string): Promise<void> {
    const headers = { ...raw.properties.headers, 'x-parked-because': because.slice(0, 500), 'x-parked-from': queue }
    const { type, messageId, contentType } = raw.properties
    const options = { type, messageId, contentType, persistent: true, headers }
    await confirmed(channel, { exchange: '', key: parkedQueue(queue), content: raw.content, options })
    log.warn({ queue, message: messageId }, `${String(messageId)} is parked: ${because}`)
    await consumer.onParked?.({ queue, id: String(messageId), because })
  }

  return {
    cancel: async () => {
      await channel.cancel(consumerTag)
    },
    settled: async () => {
      await Promise.all(under)
    },
  }
}

/** A handler that throws has met what nobody foresaw: trying again would meet it again. */
function defectOf(error: unknown): Verdict {
  return { kind: 'park', because: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }
}

function parse(
  raw: ConsumeMessage,
  publish: Publish,
): { kind: 'message'; message: Incoming } | { kind: 'park'; because: string } {
  const type = String(raw.properties.type)
  if (!(type in messages)) return { kind: 'park', because: `type "${type}" is not known` }
  try {
    const body: unknown = messages[type as MessageType].parse(JSON.parse(raw.content.toString()))
    const id = String(raw.properties.messageId)
    // The schema looked up by this very type made the body; the compiler cannot follow that through the table.
    return { kind: 'message', message: { type, id, body, redelivered: raw.fields.redelivered, publish } as Incoming }
  } catch (error) {
    return { kind: 'park', because: `the ${type} cannot be read: ${(error as Error).message.replaceAll(/\s+/g, ' ')}` }
  }
}
