/** The API said no, or cannot be reached: in words for a person, with what to do. */
export class ApiError extends Error {
  override name = 'ApiError'
}

// Answers are what any client of the API sees: JSON, not our types.
// oxlint-disable-next-line typescript/no-explicit-any
export type Json = any

export type Client = ReturnType<typeof makeClient>
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** Talks to the API over HTTP, as any other program would; where it is matters only once it is asked. */
export function makeClient(access: () => { address: string; key: string }) {
  async function ask(method: Method, path: string, body?: unknown): Promise<Response> {
    const { address, key } = access()
    const headers: Record<string, string> = { authorization: `Bearer ${key}` }
    if (body !== undefined) headers['content-type'] = 'application/json'
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const response = await fetch(new URL(path, address), { method, headers, ...sent }).catch((error: unknown) => {
      throw new ApiError(
        `The API at ${address} does not answer (${causeOf(error)}). Is it running? See npm run status.`,
      )
    })
    if (!response.ok) throw new ApiError(await wordsOf(response))
    return response
  }

  async function json(method: Method, path: string, body?: unknown): Promise<Json> {
    return (await ask(method, path, body)).json()
  }

  return {
    get: (path: string) => json('GET', path),
    post: (path: string, body?: unknown) => json('POST', path, body),
    put: (path: string, body: unknown) => json('PUT', path, body),
    delete: (path: string) => json('DELETE', path),
    async bytes(path: string): Promise<Uint8Array> {
      return new Uint8Array(await (await ask('GET', path)).arrayBuffer())
    },
    /** Items of a list, page after page, up to so many. */
    async list(path: string, most: number): Promise<Json[]> {
      const items: Json[] = []
      const limit = Math.min(most, 200)
      for (let cursor: string | null = ''; cursor !== null && items.length < most;) {
        const page = await json('GET', withQuery(path, { limit: String(limit), ...(cursor && { cursor }) }))
        items.push(...page.items)
        cursor = page.next
      }
      return items.slice(0, most)
    },
  }
}

export function withQuery(path: string, query: Record<string, string | undefined>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return given.length === 0 ? path : `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams(given).toString()}`
}

/** A path of the API from parts that come from a person. */
export function pathOf(...parts: string[]): string {
  return `/v1/${parts.map(encodeURIComponent).join('/')}`
}

async function wordsOf(response: Response): Promise<string> {
  const body: Json = await response.json().catch(() => null)
  if (response.status === 401) return `${body?.detail ?? 'The key is not taken.'} The key is the setting API_KEY.`
  const problems = (body?.problems ?? []).map((one: Json) => `\n  ${one.in} ${one.path}: ${one.expected}`)
  // The detail of an answer that lists problems says the same in one line.
  if (problems.length > 0) return `${body.title}:${problems.join('')}`
  return body?.detail ?? `The API answered ${response.status}.`
}

function causeOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: string; message?: string } }
  return cause?.code ?? cause?.message ?? String(error)
}
