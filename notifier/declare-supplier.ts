import type { SupplierDeclaration } from '#core/domain/supplier.ts'
import type { Context } from './context.ts'

/** Stores what a scraper declares; the same number with another hash is a forgotten number, and the stored one stands. */
export async function takeDeclaration(
  { store, incidents, log }: Context,
  declaration: SupplierDeclaration,
): Promise<void> {
  const { supplier, number } = declaration
  const outcome = await store.suppliers.declare(declaration)
  if (outcome === 'new') log.info({ supplier }, `${supplier} declared for the first time, definition ${number}`)
  if (outcome === 'raised') log.info({ supplier }, `${supplier} declared anew, definition ${number}`)
  if (outcome !== 'clash') return incidents.close('definition', supplier)
  const words = `its definition changed, but its number is still ${number}; the stored one stands`
  await incidents.open({
    kind: 'definition',
    subject: supplier,
    words,
    hint: `Raise "number" in the definition of ${supplier}`,
  })
}
