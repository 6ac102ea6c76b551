import { PortalChanged } from '#scraper/failure.ts'
import type { Request } from './ask.ts'
import { pathOf } from './open-page.ts'
import type { PageJsonSource } from './source.ts'

type Paging = NonNullable<PageJsonSource['paging']>
type Branch = Record<string, unknown>

/** The request of a page of the list, made from the one that the page of the portal sent. */
export function requestOf(
  sent: Request,
  { paging, page, rows }: { paging: Paging; page: number; rows: number },
): Request {
  const value = paging.counts === 'rows' ? (page - 1) * rows : paging.first + page - 1
  return withParameter(sent, { name: paging.parameter, value })
}

/** The first page must be the first one: a portal that remembers where we were would begin in the middle. */
export function checkFirst(sent: Request, paging: Paging): void {
  const met = parameterOf(sent, paging.parameter)
  const first = String(paging.counts === 'rows' ? 0 : paging.first)
  if (met === undefined || met === first) return
  throw new PortalChanged(`${pathOf(sent.address)} is asked for ${paging.parameter}=${met} first; expected ${first}`)
}

type Parameter = { name: string; value: number }

/** Where the page wrote it; in the query where it wrote none. */
function withParameter(sent: Request, { name, value }: Parameter): Request {
  const address = new URL(sent.address)
  if (sent.body === null || address.searchParams.has(name)) {
    address.searchParams.set(name, String(value))
    return { ...sent, address: address.href }
  }
  const tree = jsonOf(sent.body)
  if (tree)
    return { ...sent, body: Buffer.from(JSON.stringify(changed(tree, { steps: name.split('.'), value, sent }))) }
  const form = new URLSearchParams(sent.body.toString())
  if (!form.has(name)) throw nowhere(sent, name, [...form.keys()])
  form.set(name, String(value))
  return { ...sent, body: Buffer.from(form.toString()) }
}

function parameterOf({ address, body }: Request, name: string): string | undefined {
  const inQuery = new URL(address).searchParams.get(name)
  if (inQuery !== null) return inQuery
  if (body === null) return undefined
  const tree = jsonOf(body)
  if (!tree) return new URLSearchParams(body.toString()).get(name) ?? undefined
  const value = name.split('.').reduce<unknown>((here, step) => (isBranch(here) ? here[step] : undefined), tree)
  return typeof value === 'number' || typeof value === 'string' ? String(value) : undefined
}

function changed(tree: Branch, { steps, value, sent }: { steps: string[]; value: number; sent: Request }): Branch {
  const [step = '', ...rest] = steps
  const inner = tree[step]
  if (rest.length > 0 && isBranch(inner)) return { ...tree, [step]: changed(inner, { steps: rest, value, sent }) }
  if (rest.length > 0 || inner === undefined) throw nowhere(sent, step, Object.keys(tree))
  return { ...tree, [step]: typeof inner === 'string' ? String(value) : value }
}

function nowhere({ address }: Request, name: string, keys: string[]): PortalChanged {
  return new PortalChanged(
    `what is sent to ${pathOf(address)} has no "${name}"; it has ${keys.join(', ') || 'nothing'}`,
  )
}

function jsonOf(body: Buffer): Branch | null {
  try {
    const tree: unknown = JSON.parse(body.toString())
    return isBranch(tree) ? tree : null
  } catch {
    return null // A form, then.
  }
}

function isBranch(value: unknown): value is Branch {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
