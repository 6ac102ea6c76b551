import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Db } from 'mongodb'
import { personKey } from './people.ts'

const keyBytes = 32
const signatureBytes = 16

/** Tokens by which a customer opts out: they name a person as `people` does, and only this installation can make them. */
export function makeUnsubscribe(db: Db) {
  const settings = db.collection<{ _id: string; value: string }>('settings')
  let secret: Promise<Buffer> | undefined

  /** Made by whoever needs it first, and the same for all from then on: links in old mails stay good. */
  async function read(): Promise<Buffer> {
    const document = await settings.findOneAndUpdate(
      { _id: 'unsubscribe-key' },
      { $setOnInsert: { value: randomBytes(32).toString('base64') } },
      { upsert: true, returnDocument: 'after' },
    )
    return Buffer.from(document?.value ?? '', 'base64')
  }

  async function sign(person: Buffer): Promise<Buffer> {
    secret ??= read()
    secret.catch(() => (secret = undefined))
    return createHmac('sha256', await secret)
      .update(person)
      .digest()
      .subarray(0, signatureBytes)
  }

  return {
    async tokenFor(email: string): Promise<string> {
      const person = Buffer.from(personKey(email), 'hex')
      return Buffer.concat([person, await sign(person)]).toString('base64url')
    },

    /** Who a token is of, or null where it is none of ours. */
    async personOf(token: string): Promise<string | null> {
      const bytes = Buffer.from(token, 'base64url')
      if (bytes.length !== keyBytes + signatureBytes) return null
      const person = bytes.subarray(0, keyBytes)
      return timingSafeEqual(bytes.subarray(keyBytes), await sign(person)) ? person.toString('hex') : null
    },
  }
}
