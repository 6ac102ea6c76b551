import { many } from '#core/domain/many.ts'
import type { Telling } from './run-once.ts'

type Progress = Telling & Disposable

/**
 * Tells on standard error that a long read goes on: on a terminal by a line that counts in place, elsewhere by a line now
 * and then. (The spinner of clack would take Ctrl-C for itself, and leave the browser behind.)
 */
export function startTelling(what: string, error: NodeJS.WriteStream = process.stderr): Progress {
  const began = performance.now()
  let done = ''
  let read = 0
  const line = () => {
    const seconds = Math.round((performance.now() - began) / 1000)
    return `${what}: ${seconds} s${read > 0 ? `, ${many(read, 'row')}` : ''}${done ? `, done: ${done}` : ''}`
  }
  const wipe = error.isTTY ? '\r\u001b[K' : ''
  const tell = () => void error.write(error.isTTY ? wipe + line().slice(0, error.columns - 1) : `${line()}\n`)
  const timer = setInterval(tell, error.isTTY ? 500 : 10_000)
  return {
    step({ name }) {
      done = name
    },
    rows(rows) {
      read = rows
    },
    [Symbol.dispose]() {
      clearInterval(timer)
      error.write(wipe)
    },
  }
}
