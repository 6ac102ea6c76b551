/**
 * Ends after these seconds at the latest. While a page is asked for, Chromium answers nothing about the one before: a
 * look at a page, however small, may take as long as the portal likes.
 */
export async function within<T>(
  seconds: number,
  { act, late }: { act: (over: AbortSignal) => Promise<T>; late: () => Error },
): Promise<T> {
  const over = new AbortController()
  const end = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    const failure = late()
    over.abort(failure)
    end.reject(failure)
  }, seconds * 1000)
  const work = act(over.signal)
  work.catch(() => {}) // Where it ends too late, nobody waits for it.
  return Promise.race([work, end.promise]).finally(() => clearTimeout(timer))
}
