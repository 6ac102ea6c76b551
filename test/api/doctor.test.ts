import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Seen } from '#api/doctor.ts'
import { examine } from '#api/doctor.ts'
import type { MailSeen } from '#api/mail-check.ts'
import type { MailRecord } from '#api/mail-records/record.ts'
import type { QueueState } from '#core/broker/parked.ts'
import type { Supplier } from '#core/store/suppliers.ts'
import { declaration } from './world.ts'

const now = new Date('2030-01-02T12:00:00Z')
const queue = (name: QueueState['queue'], more: Partial<QueueState> = {}): QueueState => ({ queue: name, waiting: 0, parked: 0, consumers: 1, ...more }) // prettier-ignore
const supplier = (more: object = {}): Supplier =>
  ({
    id: 'demo',
    declaration: declaration('demo'),
    paused: null,
    lastAccepted: { run: 'demo-1', number: 1, requestedAt: now, rows: 1 },
    knownSince: now,
    ...more,
  }) as Supplier
const record = (state: MailRecord['state'], words: string): MailRecord => ({ what: 'SPF', name: 'shop.cz', value: null, found: [], state, words }) // prettier-ignore
function mailSeen(more: Partial<MailSeen> = {}): MailSeen {
  return { domain: 'shop.cz', toTester: false, hasNetwork: true, records: [record('ok', 'it is there')], ...more }
}
const healthy: Seen = {
  queues: [queue('notifier.suppliers'), queue('notifier.wishes'), queue('notifier.runs'), queue('scraper.runs')],
  suppliers: [supplier()],
  incidents: [],
  mode: 'live',
  mail: mailSeen(),
  notices: { due: 0, held: 0, failed: 0, suppressed: 0, late: 0 },
  orders: { all: 3, late: 0 },
  now,
}

test('where all is well nothing wants a hand', () => {
  const findings = examine(healthy)
  assert.deepEqual(findings.filter(({ ok }) => !ok), []) // prettier-ignore
  assert.ok(findings.length >= 10)
})

const noReader = [queue('notifier.suppliers'), queue('notifier.wishes', { consumers: 0 }), queue('notifier.runs'), queue('scraper.runs')] // prettier-ignore
const ills: [what: string, change: Partial<Seen>, words: RegExp][] = [
  ['broker', { queues: null }, /does not answer/],
  ['notifier', { queues: noReader }, /no notifier takes messages/],
  ['scraper', { queues: [...(healthy.queues ?? []).slice(0, 3), queue('scraper.runs', { consumers: 0 })] }, /no portal is read/], // prettier-ignore
  ['parked', { queues: [...(healthy.queues ?? []).slice(1), queue('notifier.suppliers', { parked: 2 })] }, /2 messages parked in notifier.suppliers/], // prettier-ignore
  ['queues', { queues: [...(healthy.queues ?? []).slice(1), queue('notifier.suppliers', { waiting: 5_000 })] }, /5000 messages wait/], // prettier-ignore
  ['suppliers', { suppliers: [] }, /no supplier has been declared/],
  ['supplier demo', { suppliers: [supplier({ paused: { since: now, because: 'refused' } })] }, /paused: refused/],
  ['supplier demo', { suppliers: [supplier({ lastAccepted: { run: 'x', number: 1, requestedAt: new Date('2029-12-01T00:00:00Z'), rows: 1 } })] }, /no run was accepted since 2029-12-01T00:00Z/], // prettier-ignore
  ['sending', { mode: 'hold' }, /stands on hold/],
  ['tester', { mail: mailSeen({ toTester: true }) }, /customers get none, and what is sent counts as told/],
  ['mail records', { mail: mailSeen({ records: [record('missing', 'there is none: create it')] }) }, /SPF: there is none/], // prettier-ignore
  ['mail records', { mail: mailSeen({ records: [record('wrong', 'it lets the whole world send')] }) }, /whole world/], // prettier-ignore
  ['notices', { notices: { due: 0, held: 0, failed: 1, suppressed: 0, late: 0 } }, /1 failed/],
  ['orders', { orders: { all: 3, late: 2 } }, /2 of 3 orders/],
  ['silence demo', { incidents: [{ kind: 'silence', subject: 'demo', words: 'no run', hint: 'look' } as never] }, /no run/], // prettier-ignore
]
for (const [what, change, words] of ills)
  test(`${what}: ${words.source}, with what to do`, () => {
    const ill = examine({ ...healthy, ...change }).filter(({ ok }) => !ok)
    assert.deepEqual(
      ill.map((finding) => finding.what),
      [what],
    )
    assert.match(ill[0]?.words ?? '', words)
    assert.ok(ill[0]?.todo)
  })

test('records of mails that nobody can look at want no hand, and it is said that they were not looked at', () => {
  const records = [record('missing', 'there is none: create it')]
  for (const mail of [mailSeen({ records, hasNetwork: false }), mailSeen({ records, domain: 'demo.example' })]) {
    const findings = examine({ ...healthy, mail })
    assert.ok(findings.every(({ ok }) => ok))
    assert.match(findings.find(({ what }) => what === 'mail records')?.words ?? '', /^not looked at/)
  }
})

const wordsOf = (records: MailRecord[]) =>
  examine({ ...healthy, mail: mailSeen({ records }) }).find(({ what }) => what === 'mail records')?.words

test('records that the name servers gave no answer for are not said to be well', () => {
  const [no, dkim] = [record('skipped', 'no answer came'), { ...record('ok', 'it is there'), what: 'DKIM' as const }]
  assert.equal(wordsOf([no]), 'not looked at: SPF: no answer came')
  assert.equal(wordsOf([no, dkim]), 'no fault is seen in DKIM of shop.cz; not looked at: SPF: no answer came')
  const missing = { ...record('missing', 'there is none'), what: 'DMARC' as const }
  assert.equal(wordsOf([no, missing]), 'DMARC: there is none; not looked at: SPF: no answer came')
})

test('a retired supplier is well', () => {
  const retired = supplier({ paused: { since: now, because: 'over', retired: true }, lastAccepted: null })
  assert.ok(examine({ ...healthy, suppliers: [retired] }).every(({ ok }) => ok))
})
