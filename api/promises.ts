import type { QueueState } from '#core/broker/parked.ts'
import { grammarNumber } from '#core/domain/grammar/number.ts'
import { many } from '#core/domain/many.ts'
import type { Incident } from '#core/store/incidents.ts'
import type { KeptCounts } from '#core/store/kept-counts.ts'
import type { Supplier } from '#core/store/suppliers.ts'

export const promiseStates = ['kept', 'wants a person', 'broken', 'not counted'] as const
/** One of the promises P1 to P10. What nobody can see from outside is not counted: only the tests hold it. */
export type Promised = { id: string; promise: string; state: (typeof promiseStates)[number]; seen: string }

export type PromisesSeen = {
  counts: KeptCounts
  suppliers: Supplier[]
  incidents: Incident[]
  /** Null where the broker does not answer. */
  queues: QueueState[] | null
}

/** The promises in their order, with what can be seen of them now: the tests hold them, this shows that they are lived by. */
export function sayPromises({ counts, suppliers, incidents, queues }: PromisesSeen): Promised[] {
  const open = (...kinds: string[]) => incidents.filter(({ kind }) => kinds.includes(kind)).length
  const paused = suppliers.filter((one) => one.paused !== null && one.paused.retired === undefined).length
  const based = suppliers.filter(({ baseline }) => baseline?.done === true).length
  const parked = (queues ?? []).reduce((sum, queue) => sum + queue.parked, 0)
  const late = open('late', 'half-applied', 'not-planned')
  const rows: [promise: string, state: Promised['state'], seen: string][] = [
    [
      'a run that is not accepted changes no item and mails nobody',
      counts.moved > 0 ? 'broken' : 'kept',
      counts.moved > 0
        ? `${many(counts.moved, 'change')} of runs that were not accepted`
        : `${many(counts.notAccepted, 'run')} held, rejected or failed; nothing that they read counts`,
    ],
    ['the same texts mean the same, on any day', person(open('definition') > 0), `grammar ${grammarNumber}`],
    [
      'nobody gets the same notice twice, but in the window that SMTP leaves',
      counts.twice > 0 ? 'broken' : 'kept',
      counts.twice > 0
        ? `of the last ${many(counts.lastSent, 'mail')} ${counts.twice} said what the one before had said`
        : `${many(counts.sent, 'mail')}, ${counts.window} met the window`,
    ],
    [
      'every change comes to an outcome in time',
      late > 0 ? 'broken' : 'kept',
      late > 0 ? 'see the open incidents: npm run avizo -- incidents' : 'nothing is late',
    ],
    ['too many at once wait for a person', person(counts.held > 0), `${many(counts.held, 'notice')} held`],
    [
      'what came back before it was told is not told',
      counts.needless > 0 ? 'broken' : 'kept',
      counts.needless > 0
        ? `of the last ${many(counts.lastSent, 'mail')} ${counts.needless} said what the customer knew`
        : many(counts.corrections, 'correction'),
    ],
    [
      'imports, first runs and new versions mail nobody',
      'not counted',
      `held by the tests; ${many(based, 'supplier')} had a first run`,
    ],
    ['a refused sign-in is not tried again', person(paused > 0), `${many(paused, 'supplier')} paused`],
    [
      'no message is lost or tried for ever',
      person(parked > 0 || queues === null),
      queues === null ? 'the message broker does not answer' : `${many(parked, 'message')} parked`,
    ],
    [
      'what is sent is still wanted and still so',
      person(counts.failed > 0),
      `${counts.superseded} superseded, ${counts.suppressed} suppressed, ${counts.failed} failed`,
    ],
  ]
  return rows.map(([promise, state, seen], i) => ({ id: `P${i + 1}`, promise, state, seen }))
}

function person(isWanted: boolean): Promised['state'] {
  return isWanted ? 'wants a person' : 'kept'
}
