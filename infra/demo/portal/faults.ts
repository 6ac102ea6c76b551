import type { Fault, Asked, PortalName } from './faults/fault.ts'
import { blockedFaults } from './faults/blocked.ts'
import { columnFaults } from './faults/columns.ts'
import { keyFaults } from './faults/keys.ts'
import { lateFaults } from './faults/late.ts'
import { signInFaults } from './faults/sign-in.ts'
import { textFaults } from './faults/texts.ts'
import { wholeFaults } from './faults/whole.ts'

const registry = {
  ...signInFaults,
  ...blockedFaults,
  ...lateFaults,
  ...wholeFaults,
  ...columnFaults,
  ...keyFaults,
  ...textFaults,
}
export type FaultName = keyof typeof registry

/** Every mood by its name: another is one more entry in a group. */
export const faults: Record<FaultName, Fault> = registry
export const faultNames = Object.keys(faults).filter(isFaultName)

export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(faults, name)
}

/** The moods that a portal can play. */
export function faultsOf(portal: PortalName): FaultName[] {
  return faultNames.filter((name) => faults[name].portals.includes(portal))
}

/** Which mood the portal has at the moment. To set the name, even to the same, begins it anew. */
export type FaultSwitch = {
  name: FaultName | null
  /** Codes of the items that moods of texts and keys bite; where there are none, the portal's own choice. */
  codes: string[]
  readonly fault: Partial<Fault>
  /** How many requests came since the mood was set. */
  readonly requests: number
  /** The mood as far as it bites this request, which is counted. */
  bite(asked: Asked): Partial<Fault>
}

export function makeFaultSwitch(): FaultSwitch {
  let current: FaultName | null = null
  let requests = 0
  let bitten = 0
  return {
    codes: [],
    get name() {
      return current
    },
    set name(name) {
      current = name
      requests = 0
      bitten = 0
    },
    get fault(): Partial<Fault> {
      return current ? faults[current] : {}
    },
    get requests() {
      return requests
    },
    bite(asked) {
      requests += 1
      const { bites = {} } = this.fault
      if (!concerns(bites, asked) || bitten >= (bites.times ?? Infinity)) return {}
      bitten += 1
      return this.fault
    },
  }
}

function concerns({ at, page, fromPage }: NonNullable<Fault['bites']>, asked: Asked): boolean {
  if (at && !at.includes(asked.what)) return false
  if (page === undefined && fromPage === undefined) return true
  return asked.what === 'table' && (page === undefined ? asked.page >= (fromPage ?? 0) : asked.page === page)
}
