import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { defaultPolicy, noTolerance } from '#core/domain/policy.ts'
import { readSettings, settingsProblems } from '#core/process/settings.ts'
import { policyOf, policySettings } from '#notifier/policy-settings.ts'

const schema = z.object(policySettings)
const policyFrom = (environment: Record<string, string>) => policyOf(readSettings(schema, environment))

test('a shop that says nothing has the default policy', () => {
  assert.deepEqual(policyFrom({}), defaultPolicy)
  assert.deepEqual(readSettings(schema, {}).SUPPLIERS_RANKING, [])
})

test('every part of the policy is a setting', () => {
  const policy = policyFrom({
    NEWS_MAILED: 'delayed, arrived',
    TOLERANCE_DAYS: 'day:2, month:10',
    GOOD_NEWS: 'digest',
    DIGEST_HOURS: '0.5',
    QUIET_HOURS: '21:30-7:15',
    MAIL_EVERY_HOURS: '0',
    OVERDUE_NOTICE_DAYS: '3',
  })
  const { delayed, arrived, correction, earlier } = policy.mailed
  assert.deepEqual([delayed, arrived, correction, earlier], [true, true, true, false])
  assert.deepEqual(policy.toleranceDays, { ...noTolerance, day: 2, month: 10 })
  assert.deepEqual(policy.quiet, { from: 21 * 60 + 30, to: 7 * 60 + 15 })
  const { goodNews, digestHours, mailEveryHours, overdueAfterDays } = policy
  assert.deepEqual([goodNews, digestHours, mailEveryHours, overdueAfterDays], ['digest', 0.5, 0, 3])
})

test('quiet hours can be none', () => {
  assert.equal(policyFrom({ QUIET_HOURS: 'none' }).quiet, null)
})

test('the ranking of suppliers is a list of their ids', () => {
  assert.deepEqual(readSettings(schema, { SUPPLIERS_RANKING: 'acme, other' }).SUPPLIERS_RANKING, ['acme', 'other'])
})

const wrong: [name: string, value: string, says: RegExp][] = [
  ['NEWS_MAILED', 'dated,arrived', /promise to tell should it slip: add "delayed"/],
  ['NEWS_MAILED', 'delayed,undated', /"undated" promises to tell the new date once it is known: add "dated"/],
  ['NEWS_MAILED', 'delayed,late', /"late" is no kind of news; there are discontinued/],
  ['TOLERANCE_DAYS', 'days:2', /"days:2" is no precision with its days.* there are day, week/],
  ['TOLERANCE_DAYS', '2', /"2" is no precision/],
  ['TOLERANCE_DAYS', 'day:-1', /"day:-1" is no precision/],
  ['GOOD_NEWS', 'never', /at-once/],
  ['DIGEST_HOURS', '-1', /0/],
  ['QUIET_HOURS', '20-8', /"20-8" are no quiet hours; expected 20:00-08:00, or none/],
  ['QUIET_HOURS', '20:00-24:00', /no quiet hours/],
  ['QUIET_HOURS', '08:00-08:00', /begins and ends at the same time/],
  ['MAIL_EVERY_HOURS', 'daily', /number/],
  ['OVERDUE_NOTICE_DAYS', '0', /1/],
  ['SUPPLIERS_RANKING', 'acme,Other!', /"Other!" is no supplier's id/],
  ['SUPPLIERS_RANKING', 'acme,acme', /named twice/],
]
for (const [name, value, says] of wrong) {
  test(`${name}=${value} is refused by name, with what is expected`, () => {
    const problems = settingsProblems(schema, { [name]: value })
    assert.equal(problems.length, 1)
    assert.match(problems[0] ?? '', new RegExp(`^${name}: `))
    assert.match(problems[0] ?? '', says)
  })
}
