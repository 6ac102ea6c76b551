import { createHash } from 'node:crypto'
import type { Db } from 'mongodb'
import { chunksOf, harmlessTwice } from './mongo.ts'

type PersonDocument = {
  _id: string
  suppressed?: { since: Date; because: string }
  /** Wants no news that is not needed (`core/domain/opt-out.ts`). */
  optedOut?: { since: Date }
}

/** What is known of an address beside its orders; the address itself is kept only as a hash. */
export function makePeople(db: Db) {
  const people = db.collection<PersonDocument>('people')

  return {
    async suppress(email: string, because: string): Promise<void> {
      const suppressed = { since: new Date(), because }
      await people.updateOne({ _id: personKey(email) }, { $set: { suppressed } }, { upsert: true })
    },

    /** A person knows that the address is right after all. */
    async free(email: string): Promise<void> {
      await people.updateOne({ _id: personKey(email) }, { $unset: { suppressed: '' } })
    },

    /** By key, as a link names who it was sent to; the first time stands, however often it is asked for. */
    async optOut(person: string): Promise<void> {
      const filter = { _id: person, optedOut: { $exists: false } }
      const optedOut = { since: new Date() }
      await harmlessTwice(() => people.updateOne(filter, { $set: { optedOut } }, { upsert: true }))
    },

    async optIn(email: string): Promise<void> {
      await people.updateOne({ _id: personKey(email) }, { $unset: { optedOut: '' } })
    },

    /** Of these addresses, those to which nothing is mailed, and why; and those whose people want only what is needed. */
    async among(emails: readonly string[]): Promise<{ suppressed: Map<string, string>; optedOut: Set<string> }> {
      const known = new Map<string, PersonDocument>()
      for (const chunk of chunksOf(emails.map(personKey)))
        for await (const person of people.find({ _id: { $in: chunk } })) known.set(person._id, person)
      const suppressed = new Map<string, string>()
      const optedOut = new Set<string>()
      if (known.size === 0) return { suppressed, optedOut }
      for (const email of emails) {
        const person = known.get(personKey(email))
        if (person?.suppressed) suppressed.set(email, person.suppressed.because)
        if (person?.optedOut) optedOut.add(email)
      }
      return { suppressed, optedOut }
    },

    /** Since when the address wants only what is needed, or null. */
    async optedOutSince(email: string): Promise<Date | null> {
      const person = await people.findOne({ _id: personKey(email) })
      return person?.optedOut?.since ?? null
    },

    async forget(email: string): Promise<void> {
      await people.deleteOne({ _id: personKey(email) })
    },

    /** Why nothing is mailed to this address, or null. */
    async suppressedBecause(email: string): Promise<string | null> {
      const person = await people.findOne({ _id: personKey(email) })
      return person?.suppressed?.because ?? null
    },
  }
}

const nobody = '@erased.invalid'

/** Takes the place of an address that was erased; the same for the same order, so that nothing can be told apart by it. */
export function erasedAddress(order: string): string {
  return `erased-${createHash('sha256').update(order).digest('hex').slice(0, 12)}${nobody}`
}

export function isErased(email: string): boolean {
  return email.endsWith(nobody)
}

/** An address as a key that equal addresses share. */
export function personKey(email: string): string {
  return createHash('sha256').update(email.trim().toLowerCase()).digest('hex')
}
