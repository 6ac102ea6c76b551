import { isStoreTrouble } from '#core/store/mongo.ts'
import type { Context } from './context.ts'

/** Does one after the other; what one of them meets stops none of the others, unless the store itself is away. */
export async function eachApart<T>(
  { log }: Pick<Context, 'log'>,
  list: T[],
  act: (one: T) => Promise<void>,
): Promise<void> {
  for (const one of list) {
    try {
      await act(one)
    } catch (error) {
      if (isStoreTrouble(error)) throw error
      log.error({ err: error }, 'the sweep met an error; it goes on with the next')
    }
  }
}
