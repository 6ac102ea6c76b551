import { dirname, join } from 'node:path'
import { live } from '#core/process/life.ts'
import { makeLogger } from '#core/process/log.ts'
import { readSettings } from '#core/process/settings.ts'
import { serveHurtownia } from '../hurtownia/app.ts'
import { serveKontor } from '../kontor/app.ts'
import { serveNorthpine } from '../northpine/app.ts'
import { servePortal } from './app.ts'
import { settings } from './settings.ts'

const { PORTAL_PORT, PORTAL_STATE, LOG_FORMAT, LOG_LEVEL, ...ports } = readSettings(settings)
const log = makeLogger({ name: 'portal', format: LOG_FORMAT, level: LOG_LEVEL })
const beside = (name: string) => join(dirname(PORTAL_STATE), `${name}.json`)

// One process for all four: each is small, and the demo runs on small machines.
await live(log, async (stack) => {
  const open = async (name: string, serving: Promise<{ url: string; close(): Promise<void> }>) => {
    const portal = await serving
    stack.defer(() => portal.close())
    log.info(`the supplier's portal ${name} listens on ${portal.url}`)
  }
  await open('Tokimi', servePortal({ port: PORTAL_PORT, stateFile: PORTAL_STATE }))
  await open('Figurkowo', serveHurtownia({ port: ports.HURTOWNIA_PORT, stateFile: beside('hurtownia') }))
  await open('Sammelkontor', serveKontor({ port: ports.KONTOR_PORT, stateFile: beside('kontor') }))
  await open('Northpine', serveNorthpine({ port: ports.NORTHPINE_PORT, stateFile: beside('northpine') }))
})
