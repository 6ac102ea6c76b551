import { Worker } from 'node:worker_threads'
import type { Failure } from '#scraper/failure.ts'
import { Blocked, Defect, Incomplete, PortalChanged, SessionLost, TooLarge } from '#scraper/failure.ts'
import type { FileItems, ItemsWish } from './read-items.ts'

export type Answer = { kind: 'read'; items: FileItems } | { kind: 'failed'; name: string; message: string }

const failures: Record<string, new (message: string) => Failure> = {
  Blocked,
  Incomplete,
  PortalChanged,
  SessionLost,
  TooLarge,
}
const mostMegabytes = 1_500

/** Reads a file in a thread of its own: a large workbook takes seconds, in which the broker must still hear us. */
export async function readItemsApart(bytes: Uint8Array, wish: ItemsWish, signal?: AbortSignal): Promise<FileItems> {
  const worker = new Worker(new URL('items-worker.ts', import.meta.url), {
    workerData: { bytes, wish },
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
  })
  const stop = () => void worker.terminate()
  signal?.addEventListener('abort', stop, { once: true })
  try {
    return itemsOrFailure(await answerOf(worker))
  } catch (error) {
    signal?.throwIfAborted()
    throw error
  } finally {
    signal?.removeEventListener('abort', stop)
    await worker.terminate()
  }
}

function answerOf(worker: Worker): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  worker.once('message', resolve).once('error', reject)
  worker.once('exit', (code) => reject(new Defect(`the thread that read the file ended with ${code}`)))
  return promise.catch((error: unknown) => {
    const isFull = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    throw isFull ? new TooLarge(`the file takes more than ${mostMegabytes} MB of memory to read`) : error
  })
}

function itemsOrFailure(answer: Answer): FileItems {
  if (answer.kind === 'read') return answer.items
  throw new (failures[answer.name] ?? Defect)(answer.message)
}
