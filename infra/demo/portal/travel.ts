import { setTimeout as wait } from 'node:timers/promises'

/** In ten parts, over two seconds. */
export function inDrops(body: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> {
  const size = Math.max(1, Math.ceil(body.length / 10))
  return new ReadableStream({
    async start(controller) {
      for (let at = 0; at < body.length; at += size) {
        await wait(200)
        controller.enqueue(body.subarray(at, at + size))
      }
      controller.close()
    },
  })
}

/** The first half; then the connection breaks. */
export function cutOff(body: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async start(controller) {
      controller.enqueue(body.subarray(0, body.length / 2))
      await wait(100)
      controller.error(new Error('the mood cuts the connection'))
    },
  })
}

/** The text's letters as bytes of windows-1250; what it lacks becomes a question mark. */
export function asWindows1250(body: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const bytes = Array.from(new TextDecoder().decode(body), (letter) => byteOf.get(letter) ?? 0x3f)
  return Uint8Array.from(bytes)
}

const every = Uint8Array.from({ length: 256 }, (_, byte) => byte)
const byteOf = new Map(Array.from(new TextDecoder('windows-1250').decode(every), (letter, byte) => [letter, byte]))
