import type { Publish } from '#core/broker/publish.ts'
import { grammarNumber } from '#core/domain/grammar/number.ts'
import { normalise } from '#core/domain/grammar/normalise.ts'
import { SupplierDeclaration } from '#core/domain/supplier.ts'
import { longestGapSeconds } from './longest-gap.ts'
import type { Supplier, Suppliers } from './load-suppliers.ts'

type Parts = { suppliers: Suppliers; publish: Publish; log: { debug(fields: object, text: string): void } }

const everyMs = 3_600_000

/** Says to the notifier, now, hourly, and whenever asked to, which suppliers there are and how they are to be read. */
export function startDeclaring(parts: Parts): Disposable & { declareAll(): Promise<void> } {
  const declareAll = async () => {
    await Promise.all([...parts.suppliers.values()].map((supplier) => declare(supplier, parts)))
  }
  const timer = setInterval(() => void declareAll(), everyMs)
  return { declareAll, [Symbol.dispose]: () => clearInterval(timer) }
}

async function declare(supplier: Supplier, { publish, log }: Parts): Promise<void> {
  const declaration = declarationOf(supplier)
  const id = `${supplier.id}/${declaration.number}/${declaration.hash}`
  try {
    await publish('supplier.declared', { body: { v: 1, declaration }, id, supplier: supplier.id })
  } catch (error) {
    log.debug({ err: error }, `${supplier.id}: could not be declared; it is declared again on reconnection`)
  }
}

export function declarationOf({ id, definition, hash }: Supplier): SupplierDeclaration {
  const words = Object.entries(definition.words).map(([text, availability]) => [normalise(text), availability])
  const longestGap = longestGapSeconds(definition.schedule.cron)
  const schedule = { ...definition.schedule, ...(longestGap !== null && { longestGapSeconds: longestGap }) }
  const added = { supplier: id, hash, grammar: grammarNumber, words: Object.fromEntries(words), schedule }
  // Parsing leaves out what is only for the scraper: address, limits, options.
  return SupplierDeclaration.parse({ ...definition, ...added })
}
