import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Evidence } from '#core/store/evidence.ts'
import { failures, Refused } from '../errors.ts'
import type { App, Given } from '../given.ts'
import { storedRun } from './runs.ts'

const binary = { schema: z.string().meta({ format: 'binary' }) }
const n = z.string().meta({ example: '1' })
const ofRun = { id: z.string(), n }

const pictureRoute = createRoute({
  method: 'get',
  path: '/v1/runs/{id}/evidence/{n}',
  operationId: 'getEvidence',
  summary: 'Get a picture that a run left, counted from 1',
  tags: ['Runs'],
  request: { params: z.object(ofRun) },
  responses: {
    200: {
      description: 'The picture of the page, secrets blanked',
      content: { 'image/png': binary, 'image/jpeg': binary },
    },
    ...failures('key-missing', 'not-found', 'not-now'),
  },
})

const partRoute = createRoute({
  method: 'get',
  path: '/v1/runs/{id}/evidence/{n}/{part}',
  operationId: 'getEvidencePart',
  summary: 'Get the text of the page, or the downloaded file, that a run left',
  description:
    'To be looked at with `npm run supplier replay`. It comes from a stranger, so it is given as a download.',
  tags: ['Runs'],
  request: { params: z.object({ ...ofRun, part: z.enum(['page', 'file']) }) },
  responses: {
    200: { description: 'As the portal gave it, secrets blanked', content: { 'application/octet-stream': binary } },
    ...failures('key-missing', 'not-found', 'not-now'),
  },
})

export function addEvidence(app: App, { store }: Pick<Given, 'store'>): void {
  async function found(id: string, place: string): Promise<Evidence | undefined> {
    const run = await storedRun(store, id)
    return (await store.evidence.of(run.id))[Number(place) - 1]
  }

  app.openapi(pictureRoute, async (c) => {
    const { id, n: place } = c.req.valid('param')
    const picture = (await found(id, place))?.picture
    if (picture === undefined) throw new Refused('not-found', `The run "${id}" has no picture ${place}.`)
    return c.body(new Uint8Array(picture), 200, { 'content-type': typeOf(picture), ...asItIs })
  })

  app.openapi(partRoute, async (c) => {
    const { id, n: place, part } = c.req.valid('param')
    const kept = partOf(await found(id, place), part)
    if (kept === null) throw new Refused('not-found', `The run "${id}" has no ${part} ${place}.`)
    const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(kept.name)}`
    const headers = { 'content-type': 'application/octet-stream', 'content-disposition': disposition, ...asItIs }
    return c.body(new Uint8Array(kept.content), 200, headers)
  })
}

const asItIs = { 'x-content-type-options': 'nosniff' }

function partOf(evidence: Evidence | undefined, part: 'page' | 'file'): { name: string; content: Buffer } | null {
  if (part === 'file') return evidence?.file ?? null
  return evidence?.page === undefined ? null : { name: 'page.html', content: Buffer.from(evidence.page) }
}

function typeOf(bytes: Uint8Array): string {
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? 'image/jpeg' : 'image/png'
}
