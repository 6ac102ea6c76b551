import type { ConfirmChannel, GetMessage } from 'amqplib'
import { confirmed } from './publish.ts'
import type { QueueName } from './topology.ts'
import { parkedQueue, queues } from './topology.ts'

/** A message that could not be processed, as it waits for a person (P9). */
export type Parked = {
  queue: QueueName
  id: string
  type: string
  because: string
  bytes: number
}
export type QueueState = { queue: QueueName; waiting: number; parked: number; consumers: number }
type Fate = 'stays' | 'retried' | 'dropped'

const names = Object.keys(queues) as QueueName[]
/** More than so many of a queue nobody reads through. */
const mostLookedAt = 500

/** What a person may do with parked messages, each time on a channel of its own. */
export function makeParked(namespace: string, lend: <T>(use: (channel: ConfirmChannel) => Promise<T>) => Promise<T>) {
  return {
    list: () =>
      lend(async (channel) => {
        const found: Parked[] = []
        for (const queue of names) {
          await walk(channel, queue, async (message) => {
            found.push(sayParked(queue, message))
            return 'stays'
          })
        }
        return found
      }),

    /** How many messages with this id went back to their queue. */
    retry: (queue: QueueName, id: string) => act(queue, id, 'retried'),

    drop: (queue: QueueName, id: string) => act(queue, id, 'dropped'),

    states: () =>
      lend(async (channel) => {
        const states: QueueState[] = []
        for (const queue of names) {
          const { messageCount: waiting, consumerCount: consumers } = await channel.checkQueue(namespace + queue)
          const { messageCount: parked } = await channel.checkQueue(parkedQueue(namespace + queue))
          states.push({ queue, waiting, parked, consumers })
        }
        return states
      }),
  }

  async function act(queue: QueueName, id: string, fate: Fate): Promise<number> {
    return lend((channel) => walk(channel, queue, async (message) => (idOf(message) === id ? fate : 'stays')))
  }

  /**
   * Looks at each parked message once. One that stays goes to the end of its queue as a new one and only then leaves the
   * front: what is handed back instead counts as delivered in vain, and a broker may give such a message up. Whoever dies
   * in between leaves it there twice, which is harmless.
   */
  async function walk(
    channel: ConfirmChannel,
    queue: QueueName,
    decide: (message: GetMessage) => Promise<Fate>,
  ): Promise<number> {
    const parked = parkedQueue(namespace + queue)
    const { messageCount } = await channel.checkQueue(parked)
    let acted = 0
    for (let i = 0; i < Math.min(messageCount, mostLookedAt); i++) {
      const message = await channel.get(parked, { noAck: false })
      if (message === false) break
      const fate = await decide(message)
      if (fate !== 'stays') acted += 1
      const key = fate === 'retried' ? namespace + queue : parked
      if (fate !== 'dropped') await put(channel, { message, key, isFresh: fate === 'retried' })
      channel.ack(message)
    }
    return acted
  }
}
export type ParkedMessages = ReturnType<typeof makeParked>

type Put = { message: GetMessage; key: string; isFresh: boolean }

async function put(channel: ConfirmChannel, { message, key, isFresh }: Put): Promise<void> {
  const { type, messageId, contentType, headers } = message.properties
  const kept = isFresh ? {} : headers
  const options = { type, messageId, contentType, persistent: true, mandatory: true, headers: kept }
  await confirmed(channel, { exchange: '', key, content: message.content, options })
}

function sayParked(queue: QueueName, message: GetMessage): Parked {
  const { headers, type } = message.properties
  const because = headers?.['x-parked-because'] as string | undefined
  return {
    queue,
    id: idOf(message),
    type: String(type),
    // What the broker parked by itself met its last resort, the delivery limit.
    because: because ?? 'whoever handled it died each time',
    bytes: message.content.length,
  }
}

function idOf({ properties }: GetMessage): string {
  return String(properties.messageId)
}
