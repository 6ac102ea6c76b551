/** Where setup tells what it does: whole lines, and on a terminal a bar that the next line wipes. */
export type Say = { line(text: string): void; progress(part: string, percent: number): void }

export const quiet: Say = { line: () => {}, progress: () => {} }

/** Speaks on standard error, so that what a command itself prints stays clean. */
export function makeSay(out: NodeJS.WriteStream = process.stderr): Say {
  let bar = false
  return {
    line(text) {
      out.write(`${bar ? '\r\u001b[K' : ''}${text}\n`)
      bar = false
    },
    progress(part, percent) {
      if (!out.isTTY) return
      const full = Math.round(Math.min(Math.max(percent, 0), 100) * 0.3)
      out.write(`\r\u001b[K${part} [${'#'.repeat(full)}${'.'.repeat(30 - full)}] ${Math.round(percent)} %`)
      bar = true
    },
  }
}

/** Does something that may take long: says so every ten seconds, and hands back how many seconds it took. */
export async function timed(say: Say, doing: string, act: () => Promise<void>): Promise<string> {
  const start = performance.now()
  const ticker = setInterval(() => say.line(`${doing}: still at it after ${since(start)}`), 10_000)
  try {
    await act()
  } finally {
    clearInterval(ticker)
  }
  return since(start)
}

export function since(start: number): string {
  const seconds = (performance.now() - start) / 1000
  return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`
}
