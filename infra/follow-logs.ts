import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { styleText } from 'node:util'

export type Follow = {
  files: Map<string, string>
  write: (line: string) => void
  /** How many lines of what is there already come first. */
  lines?: number
  /** Bare lines, for machines. */
  bare?: boolean
}

const everyMs = 150
const colours = ['cyan', 'magenta', 'yellow', 'green', 'blue'] as const

/** Writes what is added to log files, line by line with the name of the process before it, until it is stopped. */
export function followLogs({ files, write, lines = 0, bare = false }: Follow): { stop(): void } {
  const width = Math.max(...[...files.keys()].map((name) => name.length))
  const readers = [...files].map(([name, file], i) => {
    const prefix = bare ? '' : `${styleText(colours[i % colours.length] ?? 'cyan', name.padEnd(width))} │ `
    return makeReader({ file, lines, each: (line) => write(prefix + line) })
  })
  const look = () => readers.forEach((reader) => reader())
  look()
  const timer = setInterval(look, everyMs)
  return {
    stop() {
      clearInterval(timer)
      look()
    },
  }
}

/** Reads on from where it stood: a file may not be there yet, and may begin anew. */
function makeReader({ file, lines, each }: { file: string; lines: number; each: (line: string) => void }): () => void {
  let position: number | undefined
  let rest: Buffer = Buffer.alloc(0)
  return () => {
    const size = sizeOf(file)
    if (position === undefined) {
      position = lines > 0 ? startOfLast(file, size, lines) : size
    }
    if (size < position) {
      position = 0
      rest = Buffer.alloc(0)
    }
    if (size === position) return
    const read = Buffer.concat([rest, readPart(file, position, size)])
    position = size
    const end = read.lastIndexOf(0x0a) + 1
    rest = read.subarray(end)
    for (const line of read.toString('utf8', 0, end).split('\n').slice(0, -1)) each(line)
  }
}

function startOfLast(file: string, size: number, lines: number): number {
  const from = Math.max(0, size - 64 * 1024)
  const text = readPart(file, from, size)
  let at = text.length - 1
  for (let found = 0; found < lines && at > 0; found++) at = text.lastIndexOf(0x0a, at - 1)
  return at <= 0 ? from : from + at + 1
}

function sizeOf(file: string): number {
  return withFile(file, (fd) => fstatSync(fd).size) ?? 0
}

function readPart(file: string, from: number, to: number): Buffer {
  const buffer = Buffer.alloc(to - from)
  const got = withFile(file, (fd) => readSync(fd, buffer, 0, buffer.length, from)) ?? 0
  return buffer.subarray(0, got)
}

function withFile<T>(file: string, use: (fd: number) => T): T | undefined {
  let fd: number
  try {
    fd = openSync(file, 'r')
  } catch {
    return undefined
  }
  try {
    return use(fd)
  } finally {
    closeSync(fd)
  }
}
