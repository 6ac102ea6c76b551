import { connect } from 'amqplib'
import { parkedQueue, queues } from './topology.ts'

/** How many messages wait in each of our queues, and are parked beside it; what somebody holds unacked does not count. */
export async function countMessages({ url, namespace }: { url: string; namespace: string }) {
  const connection = await connect(url)
  try {
    const channel = await connection.createChannel()
    const counts: { queue: string; waiting: number; parked: number }[] = []
    for (const name of Object.keys(queues)) {
      const waiting = await channel.checkQueue(namespace + name)
      const parked = await channel.checkQueue(parkedQueue(namespace + name))
      counts.push({ queue: name, waiting: waiting.messageCount, parked: parked.messageCount })
    }
    return counts
  } finally {
    await connection.close()
  }
}
