import { join } from 'node:path'
import type { Environment } from '../environment.ts'
import type { Places } from '../places.ts'
import type { Process } from '../processes.ts'
import { settings as mailbox } from './mailbox/settings.ts'
import { settings as portal } from './portal/settings.ts'

/** What the demo adds: the world outside, played on this machine. */
export const demoProcesses: Process[] = [
  { name: 'portal', script: 'infra/demo/portal/main.ts', settings: portal },
  { name: 'mailbox', script: 'infra/demo/mailbox/main.ts', settings: mailbox },
]

/** Where the demo's parts keep their state, if nothing else is set. */
export function demoState(places: Places): Environment {
  return { PORTAL_STATE: join(places.demo, 'portal.json'), MAILBOX_STATE: join(places.demo, 'mailbox') }
}
