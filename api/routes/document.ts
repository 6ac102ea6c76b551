import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { App } from '../given.ts'

const route = createRoute({
  method: 'get',
  path: '/openapi.json',
  operationId: 'getDocument',
  summary: 'This document',
  tags: ['Health'],
  security: [],
  responses: {
    200: {
      description: 'The OpenAPI document of this API',
      content: { 'application/json': { schema: z.record(z.string(), z.unknown()) } },
    },
  },
})

const about = {
  openapi: '3.1.0',
  info: {
    title: 'Avizo',
    version: '1',
    license: { name: 'MIT', identifier: 'MIT' },
    description:
      'Takes the orders of a shop in, and says of every order, line and item what the customer was told, what its supplier says now, and why. It never mails and never reads a portal by itself.',
  },
  security: [{ key: [] }],
  tags: [
    { name: 'Orders', description: 'What customers bought, what they were told, and what is so' },
    { name: 'Items', description: 'Articles of suppliers with their history' },
    { name: 'Suppliers', description: 'Companies whose portals are read' },
    { name: 'Runs', description: 'Visits to portals' },
    { name: 'Holds', description: 'What waits for a person: runs, news of items, notices' },
    { name: 'Sending', description: 'Whether mails go out' },
    { name: 'Customers', description: 'What is known of a person, and what they want' },
    { name: 'Incidents', description: 'Troubles that somebody must look at' },
    { name: 'Health', description: 'For those who run it' },
  ],
}

/** Added last: it documents all routes that the app has. */
export function addDocument(app: App): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'key', {
    type: 'http',
    scheme: 'bearer',
    description: "The installation's API key",
  })
  let document: Record<string, unknown> | undefined
  app.openapi(route, (c) => {
    document ??= { ...app.getOpenAPI31Document(about) }
    return c.json(document, 200)
  })
}
