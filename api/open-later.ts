import type { Broker } from '#core/broker/broker.ts'
import { NotPublished } from '#core/broker/publish.ts'

type Usable = Pick<Broker, 'publish' | 'isConnected' | 'parked'> & AsyncDisposable

/** A broker that is away when the process starts must not keep the shop from reading and putting orders. */
export function openLater(opening: Promise<Broker>): Usable {
  let broker: Broker | undefined
  let isClosed = false
  const opened = keep()

  /** Fails only where trying again is of no use, such as a wrong address; then the process ends and says so. */
  async function keep(): Promise<void> {
    const fresh = await opening
    if (isClosed) await fresh[Symbol.asyncDispose]()
    else broker = fresh
  }

  function usable(): Broker {
    if (broker === undefined) throw new NotPublished('the broker has not answered yet')
    return broker
  }

  return {
    parked: {
      list: async () => usable().parked.list(),
      retry: async (queue, id) => usable().parked.retry(queue, id),
      retryAll: async (queue) => usable().parked.retryAll(queue),
      drop: async (queue, id) => usable().parked.drop(queue, id),
      states: async () => usable().parked.states(),
    },
    isConnected: () => broker?.isConnected() ?? false,
    publish: async (type, outgoing) => usable().publish(type, outgoing),
    async [Symbol.asyncDispose]() {
      isClosed = true
      if (broker === undefined) void opened.catch(() => {})
      else await broker[Symbol.asyncDispose]()
    },
  }
}
