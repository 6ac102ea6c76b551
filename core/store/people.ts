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

    /** Those of these addresses whose people want only what is needed. */
    async optedOut(emails: readonly string[]): Promise<Set<string>> {
      const keys = new Set<string>()
      for (const chunk of chunksOf(emails.map(personKey))) {
        const filter = { _id: { $in: chunk }, optedOut: { $exists: true } }
        for await (const { _id } of people.find(filter, { projection: { _id: 1 } })) keys.add(_id)
      }
      return new Set(keys.size === 0 ? [] : emails.filter((email) => keys.has(personKey(email))))
    },

    /** Since when the address wants only what is needed, or null. */
    async optedOutSince(email: string): Promise<Date | null> {
      const person = await people.findOne({ _id: personKey(email) })
      return person?.optedOut?.since ?? null
    },

    async forget(email: string): Promise<void> {
      await people.deleteOne({ _id: personKey(email) })
    },

    /** Those of these addresses to which nothing is mailed, and why. */
    async suppressed(emails: readonly string[]): Promise<Map<string, string>> {
      const reasons = new Map<string, string>()
      const filter = { _id: { $in: emails.map(personKey) }, suppressed: { $exists: true } }
      for await (const { _id, suppressed } of people.find(filter)) if (suppressed) reasons.set(_id, suppressed.because)
      const found = emails.map((email) => ({ email, because: reasons.get(personKey(email)) }))
      return new Map(found.flatMap(({ email, because }) => (because === undefined ? [] : [[email, because]])))
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
