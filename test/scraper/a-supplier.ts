import { SupplierId } from '#core/domain/ids.ts'
import type { Observation } from '#core/domain/messages.ts'
import { Definition, definitionHash } from '#scraper/definition.ts'
import type { Supplier } from '#scraper/load-suppliers.ts'
import { velkoobchod } from '#scraper/platforms/velkoobchod/platform.ts'
import type { Robot } from '#scraper/robot.ts'
import { definePlatform, defineSupplier } from '#scraper/robot.ts'
import { z } from 'zod'

export const given = defineSupplier({
  name: 'Demo',
  number: 1,
  language: 'cs',
  timeZone: 'Europe/Prague',
  schedule: { cron: '0 7,12 * * *', jitterSeconds: 0 },
  columns: [{ name: 'Dostupnost', holds: 'availability' }],
  address: 'http://127.0.0.1:4100',
  limits: { delayMs: 0, pageSeconds: 2, settleSeconds: 0.3 },
  platform: velkoobchod,
  options: { account: 'Figurkov s.r.o.' },
})

/** A loaded supplier without a folder. */
export function supplierOf(changes: object = {}): Supplier {
  const definition = Definition.parse({ ...given, ...changes })
  return {
    id: SupplierId.parse('demo'),
    definition,
    hash: definitionHash(definition),
    address: definition.address,
    secrets: { username: 'obchod', password: 'tajne-heslo-2026' },
    robot: definition.platform.robot(definition.options),
  }
}

export function supplierWith(read: Robot['read'], changes: object = {}): Supplier {
  const platform = definePlatform({ name: 'test', options: z.unknown(), read, readSaved: readNothing })
  return supplierOf({ platform, options: null, ...changes })
}

export function suppliersOf(supplier: Supplier): Map<string, Supplier> {
  return new Map([[supplier.id, supplier]])
}

function readNothing(): Promise<Observation[]> {
  return Promise.resolve([])
}
