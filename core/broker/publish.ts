import { setTimeout as wait } from 'node:timers/promises'
import type { ConfirmChannel, Message, Options } from 'amqplib'
import type { MessageOf, MessageType } from '#core/domain/messages.ts'
import { messages } from '#core/domain/messages.ts'
import { exchangeName } from './topology.ts'

/** The broker is away or did not confirm: the same publish may be tried again, its id makes it harmless. */
export class NotPublished extends Error {
  override name = 'NotPublished'
}

export type Outgoing<T extends MessageType> = {
  body: MessageOf<T>
  /** Deterministic, so that a message published twice is the same message. */
  id: string
  supplier?: string
  expiresInSeconds?: number
}
export type Publish = <T extends MessageType>(type: T, outgoing: Outgoing<T>) => Promise<void>

const confirmWithinMs = 10_000

/** Publishes persistent, mandatory, confirmed messages on one channel; each passes its schema first. */
export function makePublish(channel: ConfirmChannel, namespace: string): Publish {
  const returned = new Set<string>()
  let published = 0
  channel.on('return', (message: Message) => returned.add(String(message.properties.headers?.['x-publish'])))
  return async (type, { body, id, supplier, expiresInSeconds }) => {
    const tag = String((published += 1))
    const options: Options.Publish = {
      type,
      messageId: id,
      persistent: true,
      mandatory: true,
      contentType: 'application/json',
      headers: { 'x-publish': tag },
      ...(expiresInSeconds === undefined ? {} : { expiration: String(expiresInSeconds * 1000) }),
    }
    const key = supplier === undefined ? type : `${type}.${supplier}`
    const content = Buffer.from(JSON.stringify(messages[type].parse(body)))
    await confirmed(channel, { exchange: exchangeName(namespace), key, content, options })
    if (returned.delete(tag)) throw new NotPublished(`${key} (${id}): no queue takes it; is the topology declared?`)
  }
}

type Envelope = { exchange: string; key: string; content: Buffer; options: Options.Publish }

/** Resolves when the broker has the message in safety; `exchange` may be '' for a queue by its name. */
export async function confirmed(channel: ConfirmChannel, { exchange, key, content, options }: Envelope): Promise<void> {
  const confirm = new Promise<void>((resolve, reject) => {
    try {
      channel.publish(exchange, key, content, options, (error: Error | null) => {
        if (error) reject(new NotPublished(`${key}: not confirmed (${error.message})`, { cause: error }))
        else resolve()
      })
    } catch (error) {
      reject(new NotPublished(`${key}: ${(error as Error).message}`, { cause: error }))
    }
  })
  const late = new AbortController()
  const timeout = wait(confirmWithinMs, undefined, { signal: late.signal, ref: false }).then(() => {
    throw new NotPublished(`${key}: not confirmed within ${confirmWithinMs / 1000} s`)
  })
  timeout.catch(() => {})
  await Promise.race([confirm, timeout]).finally(() => late.abort())
}
