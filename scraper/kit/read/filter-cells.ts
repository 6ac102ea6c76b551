import { once } from 'node:events'
import type { ReadTextOptions } from '#core/domain/grammar/read-text.ts'
import { readText } from '#core/domain/grammar/read-text.ts'
import type { Reading } from '#core/domain/availability.ts'

type Streams = { input: NodeJS.ReadableStream; output: NodeJS.WritableStream }
type Filter = Streams & { options: ReadTextOptions; marks: boolean }

/** A line out for each line in, as fast as the reader takes them; ends quietly when nobody reads any more. */
export async function filterCells({ input, output, options, marks }: Filter): Promise<void> {
  const gone = new AbortController()
  output.on('error', (error: NodeJS.ErrnoException) => gone.abort(error.code === 'EPIPE' ? undefined : error))
  try {
    for await (const lines of linesOf(input)) {
      const text = lines.map((line) => lineOf(line, { options, marks })).join('')
      if (!output.write(text)) await once(output, 'drain', { signal: gone.signal })
      gone.signal.throwIfAborted()
    }
  } catch (error) {
    if (!gone.signal.aborted || isOurs(gone.signal.reason)) throw gone.signal.aborted ? gone.signal.reason : error
  }
}

/** An abort without a reason means that the reader went away. */
function isOurs(reason: unknown): boolean {
  return !(reason instanceof DOMException && reason.name === 'AbortError')
}

/** Lines end in a line feed and nothing else: a cell may hold any other white space. The last may end with the input. */
async function* linesOf(input: NodeJS.ReadableStream): AsyncGenerator<string[]> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of input) {
    const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield lines
  }
  rest += decoder.decode()
  if (rest !== '') yield [rest]
}

/** Tabs within a cell become spaces, so that a line always has the same fields. */
function lineOf(line: string, { options, marks }: { options: ReadTextOptions; marks: boolean }): string {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line
  const fields = fieldsOf(readText(text, options), marks)
  return `${text.includes('\t') ? text.replaceAll('\t', ' ') : text}\t${fields}\n`
}

function fieldsOf(reading: Reading, marks: boolean): string {
  const empty = marks ? '\t\t\t\t' : '\t\t\t'
  if (reading.kind !== 'expected') return `${reading.kind}${empty}`
  const { from, to, precision, mark = '' } = reading
  return `expected\t${from}\t${to}\t${precision}${marks ? `\t${mark}` : ''}`
}
