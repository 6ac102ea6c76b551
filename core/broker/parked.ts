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

type Decide = (message: GetMessage) => Fate
/** `queue` by its whole name, without `.parked`. */
type Walk = { queue: string; most?: number; decide: Decide }

const names = Object.keys(queues) as QueueName[]
/** More than so many of a queue nobody reads through. */
const mostListed = 500
/** Looked at together, so that they are confirmed together; each may have two megabytes. */
const atOnce = 20

/**
 * Whether a message of this queue may be read at a later time. A request for a run expires in its queue, and must not come
 * to life hours later: its run has ended meanwhile, and it would be one more sign-in.
 */
export function mayBeRetried(queue: QueueName): boolean {
  return queue !== 'scraper.runs'
}

/** What a person may do with parked messages, each time on a channel of its own. */
export function makeParked(namespace: string, lend: <T>(use: (channel: ConfirmChannel) => Promise<T>) => Promise<T>) {
  return {
    /** The first ones of each queue; they go behind the others, so whoever looks again sees the next ones. */
    list: () =>
      lend(async (channel) => {
        const found: Parked[] = []
        for (const queue of names) {
          const decide: Decide = (message) => {
            found.push(sayParked(queue, message))
            return 'stays'
          }
          await walk(channel, { queue: namespace + queue, most: mostListed, decide })
        }
        return found
      }),

    /** How many messages with this id went back to their queue. */
    retry: (queue: QueueName, id: string) => retry(queue, (message) => idOf(message) === id),

    retryAll: (queue: QueueName) => retry(queue, () => true),

    drop: (queue: QueueName, id: string) => act(queue, (message) => (idOf(message) === id ? 'dropped' : 'stays')),

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

  async function retry(queue: QueueName, isMeant: (message: GetMessage) => boolean): Promise<number> {
    if (!mayBeRetried(queue)) throw new Error(`what is parked in ${queue} is not read later`)
    return act(queue, (message) => (isMeant(message) ? 'retried' : 'stays'))
  }

  function act(queue: QueueName, decide: Decide): Promise<number> {
    return lend((channel) => walk(channel, { queue: namespace + queue, decide }))
  }
}
export type ParkedMessages = ReturnType<typeof makeParked>

/** Looks at each parked message once, or at the first ones; says how many did not stay. */
async function walk(channel: ConfirmChannel, { queue, most = Infinity, decide }: Walk): Promise<number> {
  const { messageCount } = await channel.checkQueue(parkedQueue(queue))
  let acted = 0
  for (let left = Math.min(messageCount, most); left > 0; left -= atOnce) {
    const taken = await take(channel, parkedQueue(queue), Math.min(left, atOnce))
    if (taken.length === 0) break
    acted += await move(channel, { queue, taken, decide })
  }
  return acted
}

/**
 * One that stays goes to the end of its queue as a new one and only then leaves the front: what is handed back instead
 * counts as delivered in vain, and a broker may give such a message up. Whoever dies in between leaves it there twice,
 * which is harmless.
 */
async function move(channel: ConfirmChannel, { queue, taken, decide }: Walk & { taken: GetMessage[] }) {
  const fates = taken.map((message) => ({ message, fate: decide(message) }))
  const puts = fates.flatMap(({ message, fate }) => {
    const key = fate === 'retried' ? queue : parkedQueue(queue)
    return fate === 'dropped' ? [] : [put(channel, { message, key, isFresh: fate === 'retried' })]
  })
  await Promise.all(puts)
  for (const message of taken) channel.ack(message)
  return fates.filter(({ fate }) => fate !== 'stays').length
}

async function take(channel: ConfirmChannel, queue: string, most: number): Promise<GetMessage[]> {
  const taken: GetMessage[] = []
  while (taken.length < most) {
    const message = await channel.get(queue, { noAck: false })
    if (message === false) break
    taken.push(message)
  }
  return taken
}

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
