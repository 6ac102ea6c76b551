import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Gates } from '#core/domain/supplier.ts'
import type { Tally } from '#notifier/gates.ts'
import { trippedGates } from '#notifier/gates.ts'

const gates = Gates.parse({})

function tally(change: Partial<Tally> = {}): Tally {
  return {
    rows: 1000,
    known: 1000,
    lost: 0,
    changed: 0,
    gone: 0,
    unreadableNew: 0,
    unreadable: 0,
    unreadableBefore: 0,
    shifts: new Map(),
    wrongOrder: null,
    customers: 0,
    openOrders: 1000,
    ...change,
  }
}

/** Each gate one below its figure, and at it: by share in a large supplier, by floor in a small one. */
const cases: { gate: string; below: Partial<Tally>; at: Partial<Tally>; words: RegExp }[] = [
  { gate: 'rows lost, share', below: { lost: 199 }, at: { lost: 200 }, words: /200 of 1000 known items are not in it/ },
  { gate: 'rows lost, floor', below: { known: 10, lost: 4 }, at: { known: 10, lost: 5 }, words: /5 of 10/ },
  { gate: 'items changed, share', below: { changed: 299 }, at: { changed: 300 }, words: /300 of 1000 items would change/ },
  { gate: 'items changed, floor', below: { known: 30, changed: 19 }, at: { known: 30, changed: 20 }, words: /67 %/ },
  { gate: 'gone, share', below: { gone: 99 }, at: { gone: 100 }, words: /sold out or discontinued/ },
  { gate: 'gone, floor', below: { known: 20, gone: 9 }, at: { known: 20, gone: 10 }, words: /10 of 20/ },
  { gate: 'unreadable, share', below: { unreadableNew: 49 }, at: { unreadableNew: 50 }, words: /cannot be read/ },
  { gate: 'unreadable, floor', below: { rows: 20, unreadableNew: 4 }, at: { rows: 20, unreadableNew: 5 }, words: /5 of 20/ },
  {
    gate: 'unreadable, grown five-fold',
    below: { unreadable: 14, unreadableBefore: 3 },
    at: { unreadable: 15, unreadableBefore: 3 },
    words: /15 items cannot be read, before it were 3/,
  },
  {
    gate: 'unreadable, grown, floor',
    below: { unreadable: 9, unreadableBefore: 1 },
    at: { unreadable: 10, unreadableBefore: 1 },
    words: /10 items/,
  },
  {
    gate: 'same shift, share',
    below: { changed: 20, shifts: new Map([[7, 15]]) },
    at: { changed: 20, shifts: new Map([[1, 2], [7, 16]]) },
    words: /16 of 20 changes are a shift by the same 7 days/,
  },
  {
    gate: 'same shift, floor',
    below: { changed: 9, shifts: new Map([[7, 9]]) },
    at: { changed: 10, shifts: new Map([[7, 10]]) },
    words: /100 %/,
  },
  {
    gate: 'customers to mail, share',
    below: { customers: 99, openOrders: 500 },
    at: { customers: 100, openOrders: 500 },
    words: /100 customers would be mailed, of 500 open orders \(20 %\)/,
  },
  {
    gate: 'customers to mail, floor',
    below: { customers: 19, openOrders: 25 },
    at: { customers: 20, openOrders: 25 },
    words: /20 customers would be mailed/,
  },
  {
    gate: 'customers to mail, so many in any case',
    below: { customers: 199, openOrders: 100_000 },
    at: { customers: 200, openOrders: 100_000 },
    words: /200 customers would be mailed/,
  },
] // prettier-ignore

for (const { gate, below, at, words } of cases) {
  test(`the gate "${gate}" lets through below its figure, and holds at it`, () => {
    assert.deepEqual(trippedGates({ tally: tally(below), gates, isBaseline: false }), [])
    const [reason, ...more] = trippedGates({ tally: tally(at), gates, isBaseline: false })
    assert.match(reason ?? '', words)
    assert.deepEqual(more, [])
  })
}

test('a first run has nothing to be compared with, but dates in the wrong order hold it too', () => {
  const much = { lost: 1000, changed: 1000, gone: 1000, unreadableNew: 1000, unreadable: 1000 }
  assert.deepEqual(trippedGates({ tally: tally(much), gates, isBaseline: true }), [])
  const wrongOrder = { code: 'FIG-1', text: '12/31/2026' }
  assert.match(trippedGates({ tally: tally({ wrongOrder }), gates, isBaseline: true }).join(), /12\/31\/2026/)
})
