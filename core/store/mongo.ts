import {
  MongoBulkWriteError,
  MongoError,
  MongoNetworkError,
  MongoServerError,
  MongoServerSelectionError,
} from 'mongodb'

/** What the driver and the server call errors that pass: shutting down, stepping down, time limits. */
const passing = ['RetryableWriteError', 'RetryableReadError', 'TransientTransactionError', 'ResetPool']
// 43 and 237: the server that had the cursor is gone, or gave it up.
const passingCodes = new Set([6, 7, 43, 50, 64, 89, 91, 189, 237, 262, 9001, 10107, 11600, 11601, 11602, 13435, 13436])
/** Writing to a connection that just ended, the driver lets the socket's own error through. */
const brokenSocket = new Set(['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED'])

/** The store is away or did not answer in time: the same operation may be tried again, its ids make it harmless. */
export function isStoreTrouble(error: unknown): boolean {
  // A bulk operation wraps whatever it met, a server that was not found too.
  const met: unknown = error instanceof MongoBulkWriteError ? error.errorResponse : undefined
  if (met instanceof Error) return isStoreTrouble(met)
  if (error instanceof MongoNetworkError || error instanceof MongoServerSelectionError) return true
  if (!(error instanceof MongoError)) return isOfSocket(error)
  return passing.some((label) => error.hasErrorLabel(label)) || passingCodes.has(Number(error.code))
}

function isOfSocket(error: unknown): boolean {
  return error instanceof Error && 'code' in error && brokenSocket.has(String(error.code))
}

/** A document with this `_id`, or with a value that must be unique, is there already (code 11000). */
export function isDuplicate(error: unknown): boolean {
  if (error instanceof MongoBulkWriteError) {
    const failures = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors]
    return failures.length > 0 && failures.every((failure) => failure.code === 11_000)
  }
  return error instanceof MongoServerError && error.code === 11_000
}

/** Runs inserts in which "already there" is success. */
export async function harmlessTwice(insert: () => Promise<unknown>): Promise<void> {
  try {
    await insert()
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
}

/** A field name for an id from outside: dots and dollars mean something to the store. */
export function fieldOf(id: string): string {
  return encodeURIComponent(id).replaceAll('.', '%2E').replaceAll('$', '%24')
}

export function idOfField(field: string): string {
  return decodeURIComponent(field)
}

/** A moment so many seconds from now by the store's own clock, for pipelines. */
export function storeTime(secondsFromNow: number): object {
  return { $add: ['$$NOW', Math.round(secondsFromNow * 1000)] }
}

/** Chunks of ids, so that no `$in` grows beyond what the store likes. */
export function* chunksOf<T>(list: readonly T[], size = 1_000): Generator<T[]> {
  for (let start = 0; start < list.length; start += size) yield list.slice(start, start + size)
}
