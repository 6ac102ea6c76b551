import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Db } from 'mongodb'
import { personKey } from './people.ts'

const personBytes = 32
const signatureBytes = 16

/** Tokens by which a customer opts out: they name a person as `people` does, and only this installation can make them. */
export type Tokens = {
  of(email: string): string
  /** Who a token is of, or null where it is none of ours. */
  personOf(token: string): string | null
}

export function makeUnsubscribe(db: Db) {
  const settings = db.collection<{ _id: string; value: string }>('settings')
  let opened: Promise<Tokens> | undefined

  /** Their key is made by whoever needs it first, and the same for all from then on: links in old mails stay good. */
  async function open(): Promise<Tokens> {
    const document = await settings.findOneAndUpdate(
      { _id: 'unsubscribe-key' },
      { $setOnInsert: { value: randomBytes(32).toString('base64') } },
      { upsert: true, returnDocument: 'after' },
    )
    if (document === null) throw new Error('the store gave no key for links to unsubscribe')
    return makeTokens(Buffer.from(document.value, 'base64'))
  }

  return {
    /** Read from the store once in a process; to make or read a token asks nobody. */
    async tokens(): Promise<Tokens> {
      opened ??= open()
      opened.catch(() => (opened = undefined))
      return opened
    },
  }
}

function makeTokens(key: Buffer): Tokens {
  const sign = (person: Buffer) => createHmac('sha256', key).update(person).digest().subarray(0, signatureBytes)

  return {
    of(email) {
      const person = Buffer.from(personKey(email), 'hex')
      return Buffer.concat([person, sign(person)]).toString('base64url')
    },
    personOf(token) {
      const bytes = Buffer.from(token, 'base64url')
      if (bytes.length !== personBytes + signatureBytes) return null
      const person = bytes.subarray(0, personBytes)
      return timingSafeEqual(bytes.subarray(personBytes), sign(person)) ? person.toString('hex') : null
    },
  }
}
