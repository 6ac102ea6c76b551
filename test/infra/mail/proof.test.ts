import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readWord } from '#infra/mail/proof/opendkim.ts'
import { readScore } from '#infra/mail/proof/spamassassin.ts'
import type { Judged } from '#infra/mail/proof/table.ts'
import { sumUp, tableOf } from '#infra/mail/proof/table.ts'

test('of what opendkim says, only a verification that succeeded is one', () => {
  const said = `
opendkim: /tmp/a/cs.arrived.eml: verification (s=avizo, d=figurkov.example, 2048-bit key) succeeded
opendkim: /tmp/a/cs.back.eml: verification (s=avizo d=figurkov.example, 2048-bit key, unknown) failed: signature verification failed
opendkim: /tmp/a/cs.dated.eml: verification (s=avizo d=figurkov.example, 0-bit key, unknown) failed: key not found in DNS
opendkim: /tmp/a/cs.earlier.eml: message not signed
opendkim: /tmp/a/cs.overdue.eml: fopen(): No such file or directory
opendkim: /tmp/a/cs.arrived.eml: mlfi_eom() returned SMFIS_ACCEPT
`
  const words = said.split('\n').flatMap((line) => readWord(line) ?? [])
  const failed = 'verification (s=avizo d=figurkov.example'
  assert.deepEqual(words, [
    { file: '/tmp/a/cs.arrived.eml', trouble: null },
    { file: '/tmp/a/cs.back.eml', trouble: `${failed}, 2048-bit key, unknown) failed: signature verification failed` },
    { file: '/tmp/a/cs.dated.eml', trouble: `${failed}, 0-bit key, unknown) failed: key not found in DNS` },
    { file: '/tmp/a/cs.earlier.eml', trouble: 'message not signed' },
    { file: '/tmp/a/cs.overdue.eml', trouble: 'fopen(): No such file or directory' },
  ])
})

test('a score is read with what each rule adds to it, praise too', () => {
  assert.deepEqual(
    readScore('X-Spam-Proof: score=0.7 rules=HTML_FONT_LOW_CONTRAST=0.7,HTML_MESSAGE=0.001 of=<avizo.1@shop.example>'),
    {
      messageId: '<avizo.1@shop.example>',
      score: {
        score: 0.7,
        rules: [
          { name: 'HTML_FONT_LOW_CONTRAST', score: 0.7 },
          { name: 'HTML_MESSAGE', score: 0.001 },
        ],
      },
    },
  )
  assert.deepEqual(readScore('X-Spam-Proof: score=-1.0 rules=ALL_TRUSTED=-1 of=<a@b.example>')?.score, {
    score: -1,
    rules: [{ name: 'ALL_TRUSTED', score: -1 }],
  })
  assert.deepEqual(readScore('X-Spam-Proof: score=0.0 rules=none of=<a@b.example>')?.score, { score: 0, rules: [] })
})

test('what is not in the form that was asked for gives no score', () => {
  assert.equal(readScore('X-Spam-Status: No, score=0.0 required=5.0 tests=HTML_MESSAGE autolearn=no'), null)
  assert.equal(readScore('X-Spam-Proof: score=0.0 rules=none of='), null)
  assert.throws(() => readScore('X-Spam-Proof: score=0.0 rules=HTML_MESSAGE of=<a@b.example>'), /HTML_MESSAGE/)
})

test('a rule that hits in some languages, and a signature that does not verify, are told with the language', () => {
  assert.equal(
    tableOf([
      judged('cs', 0),
      judged('de', 0.7, { rules: ['GERMAN'] }),
      judged('en', 0, { trouble: 'message not signed' }),
    ]),
    `mail     cs   sk  pl  de   en   DKIM                    rules
delayed  0.0  -   -   0.7  0.0  en: message not signed  GERMAN 0.7 (de)`,
  )
})

test('one mail above the limit, one signature that fails, or no mail at all spoil the whole', () => {
  const line = '2 mails, 2 verified, highest score 1.0'
  assert.deepEqual(sumUp([judged('cs', 0), judged('de', 1)]), { line, isSound: true })
  assert.equal(sumUp([judged('cs', 0), judged('de', 1.1)]).isSound, false)
  assert.equal(sumUp([judged('cs', 0), judged('de', 0, { trouble: 'message not signed' })]).isSound, false)
  assert.equal(sumUp([]).isSound, false)
})

type Found = { rules?: string[]; trouble?: string | null }

function judged(language: Judged['language'], score: number, { rules = [], trouble = null }: Found = {}): Judged {
  return { name: 'delayed', language, score: { score, rules: rules.map((name) => ({ name, score })) }, trouble }
}
