import { parentPort, workerData } from 'node:worker_threads'
import { asFailure } from '#scraper/failure.ts'
import type { Answer } from './read-apart.ts'
import type { ItemsWish } from './read-items.ts'
import { readItems } from './read-items.ts'

const { bytes, wish } = workerData as { bytes: Uint8Array; wish: ItemsWish }
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort?.postMessage(answer())

function answer(): Answer {
  try {
    return { kind: 'read', items: readItems(bytes, wish) }
  } catch (error) {
    const { name, message } = asFailure(error)
    return { kind: 'failed', name, message }
  }
}
