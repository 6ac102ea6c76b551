import { grammarNumber } from '#core/domain/grammar/number.ts'
import { SupplierDeclaration } from '#core/domain/supplier.ts'
import type { ScriptSupplier } from './script.ts'

const never = { share: 1, floor: 1_000_000 }

/** Gates stand wide open: what the script moves at once is meant. `confirms`: its new values want a second reading. */
export function declarationOf({ id, language }: ScriptSupplier, { confirms }: { confirms: boolean }) {
  return SupplierDeclaration.parse({
    supplier: id,
    name: id,
    number: 1,
    hash: 'chaos',
    grammar: grammarNumber,
    language,
    timeZone: 'Europe/Prague',
    schedule: { cron: '0 3 * * *', jitterSeconds: 0 },
    columns: [{ name: 'delivery', holds: 'availability' }],
    confirm: confirms ? 'second-run' : 'none',
    confirmAfterSeconds: 1,
    soldOut: 'mail',
    secondsAllowed: 20,
    gates: {
      rowsLost: never,
      itemsChanged: never,
      unreadable: never,
      sameShift: never,
      gone: never,
      customers: { ...never, most: 1_000_000 },
    },
  })
}
