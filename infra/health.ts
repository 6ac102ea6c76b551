import { z } from 'zod'

const Supplier = z.object({ id: z.string(), lastAccepted: z.unknown() })
const Suppliers = z.object({ items: z.array(Supplier) })
const Runs = z.object({ items: z.array(z.object({ state: z.string() })) })
const Promised = z.object({ id: z.string(), promise: z.string(), state: z.string(), seen: z.string() })
const Promises = z.object({ items: z.array(Promised) })
const atWork = new Set(['due', 'requested', 'collecting', 'judging'])
export type Supplier = z.infer<typeof Supplier>
export type Promised = z.infer<typeof Promised>
export type Health = ReturnType<typeof makeHealth>

/** What a start and `npm run status` ask of the API. */
export function makeHealth({ api, key }: { api: string; key: string }) {
  const headers = { authorization: `Bearer ${key}` }

  async function suppliers(): Promise<Supplier[]> {
    const response = await ask(`${api}/v1/suppliers`, { headers })
    return response?.ok ? Suppliers.parse(await response.json()).items : []
  }

  return {
    suppliers,
    /** The promises P1 to P10, and what is seen of them. */
    async promises(): Promise<Promised[]> {
      const response = await ask(`${api}/v1/promises`, { headers })
      return response?.ok ? Promises.parse(await response.json()).items : []
    },
    /** As a person would say it. */
    async says(): Promise<string> {
      const response = await ask(`${api}/health/ready`)
      if (!response) return 'does not answer'
      return response.ok ? 'ready' : `not ready (${response.status})`
    },
    async isReady(): Promise<boolean> {
      return (await ask(`${api}/health/ready`))?.status === 200
    },
    async wasRead(supplier: string): Promise<boolean> {
      const found = (await suppliers()).find(({ id }) => id === supplier)
      return Boolean(found?.lastAccepted)
    },
    async isBeingRead(supplier: string): Promise<boolean> {
      const response = await ask(`${api}/v1/runs?supplier=${supplier}`, { headers })
      return response?.ok ? Runs.parse(await response.json()).items.some(({ state }) => atWork.has(state)) : false
    },
    async askForRun(supplier: string): Promise<void> {
      await ask(`${api}/v1/suppliers/${supplier}/runs`, { method: 'POST', headers })
    },
  }
}

async function ask(url: string, init: RequestInit = {}): Promise<Response | undefined> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(3000) })
  } catch {
    // It is not up yet, or not any more: that is the answer.
    return undefined
  }
}
