import { createHash } from 'node:crypto'
import type { Db } from 'mongodb'

type PersonDocument = { _id: string; suppressed?: { since: Date; because: string } }

/** What is known of an address beside its orders; the address itself is kept only as a hash. */
export async function makePeople(db: Db) {
  const people = db.collection<PersonDocument>('people')

  return {
    async suppress(email: string, because: string): Promise<void> {
      const suppressed = { since: new Date(), because }
      await people.updateOne({ _id: idOf(email) }, { $set: { suppressed } }, { upsert: true })
    },

    /** A person knows that the address is right after all. */
    async free(email: string): Promise<void> {
      await people.updateOne({ _id: idOf(email) }, { $unset: { suppressed: '' } })
    },

    async forget(email: string): Promise<void> {
      await people.deleteOne({ _id: idOf(email) })
    },

    /** Those of these addresses to which nothing is mailed, and why. */
    async suppressed(emails: readonly string[]): Promise<Map<string, string>> {
      const reasons = new Map<string, string>()
      const filter = { _id: { $in: emails.map(idOf) }, suppressed: { $exists: true } }
      for await (const { _id, suppressed } of people.find(filter)) if (suppressed) reasons.set(_id, suppressed.because)
      const found = emails.map((email) => ({ email, because: reasons.get(idOf(email)) }))
      return new Map(found.flatMap(({ email, because }) => (because === undefined ? [] : [[email, because]])))
    },

    /** Why nothing is mailed to this address, or null. */
    async suppressedBecause(email: string): Promise<string | null> {
      const person = await people.findOne({ _id: idOf(email) })
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

function idOf(email: string): string {
  return createHash('sha256').update(email.trim().toLowerCase()).digest('hex')
}
