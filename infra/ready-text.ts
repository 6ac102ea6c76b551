import { relative } from 'node:path'
import { showcase } from './demo/portal/items.ts'
import { account } from './demo/portal/account.ts'
import { root } from './places.ts'
import type { Plan } from './plan.ts'

/** The addresses, and what to try first. */
export function readyText(plan: Plan): string {
  return plan.demo.length > 0 ? demoText(plan) : shopText(plan)
}

function demoText({ addresses: { api, portal, mailbox, portals }, places }: Plan): string {
  const key = relative(root, places.demoKey)
  return `
  Supplier's portal  ${portal}  (${account.username} / ${account.password})
  Supplier's office  ${portal}/kancelar
  More portals       http://127.0.0.1:${portals.HURTOWNIA_PORT} (Polish), :${portals.KONTOR_PORT} (German), :${portals.NORTHPINE_PORT} (American)
  Mailbox            ${mailbox}
  API                ${api}  (its key: ${key})
  API document       ${api}/openapi.json

Try first:
  1. In the supplier's office, give item ${showcase.code} another delivery date.
  2. Ask for a run:
       curl -X POST -H "Authorization: Bearer $(cat ${key})" ${api}/v1/suppliers/demo/runs
  3. See in the mailbox what the customers with that item are told, each in their own language.

${commands}`
}

function shopText({ addresses: { api } }: Plan): string {
  return `
  API                ${api}
  API document       ${api}/openapi.json

${commands}`
}

const commands = 'Ctrl-C stops everything. In another terminal: npm run status, npm run logs, npm stop.\n'
