import type { Channel } from 'amqplib'

/** Queues with the routing keys that fill them; a key is a message's type, with the supplier where one is meant. */
export const queues = {
  'notifier.suppliers': ['supplier.declared.*', 'run.due.*'],
  'notifier.wishes': ['wish.made'],
  'notifier.runs': ['run.progress.*', 'run.observed.*', 'run.evidence.*', 'run.finished.*'],
  'scraper.runs': ['run.requested.*'],
} as const
export type QueueName = keyof typeof queues

/**
 * Kills of a reader count for every message it had prefetched, so the limit is a last resort and far from the prefetch
 * (seen: 50 good messages parked after four kills with a limit of 3).
 */
const deliveryLimit = 20

export function exchangeName(namespace: string): string {
  return `${namespace}avizo`
}

export function parkedQueue(queue: string): string {
  return `${queue}.parked`
}

/** Declares exchange, queues and bindings; repeating it changes nothing. */
export async function declareTopology(channel: Channel, namespace: string): Promise<void> {
  const exchange = exchangeName(namespace)
  await channel.assertExchange(exchange, 'topic', { durable: true })
  for (const [name, keys] of Object.entries(queues)) {
    const queue = namespace + name
    await channel.assertQueue(parkedQueue(queue), { durable: true, arguments: { 'x-queue-type': 'quorum' } })
    await channel.assertQueue(queue, { durable: true, arguments: queueArguments(queue) })
    for (const key of keys) await channel.bindQueue(queue, exchange, key)
  }
}

function queueArguments(queue: string) {
  const common = { 'x-queue-type': 'quorum', 'x-delivery-limit': deliveryLimit }
  // An expired request is an everyday thing whose run the notifier fails by itself: it must not fill a parked queue.
  if (queue.endsWith('scraper.runs')) return common
  return {
    ...common,
    'x-dead-letter-exchange': '',
    'x-dead-letter-routing-key': parkedQueue(queue),
    'x-dead-letter-strategy': 'at-least-once',
    'x-overflow': 'reject-publish',
  }
}
