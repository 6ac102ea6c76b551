import assert from 'node:assert/strict'
import { test } from 'node:test'
import { handedOf } from '#notifier/handed.ts'

const to = 'jana@example.com'

/** What the mail server says where, and what that means. */
const said: [command: string, reply: string, means: string][] = [
  ['CONN', '554 5.7.1 your address is on a list', 'not-handed'],
  ['AUTH PLAIN', '535 5.7.8 wrong password', 'not-handed'],
  ['MAIL FROM', '550 5.7.1 sender not allowed', 'not-handed'],
  ['RCPT TO', '530 5.7.0 sign in first', 'not-handed'],
  ['MAIL FROM', '452 4.3.1 no room', 'refused for now'],
  ['RCPT TO', '451 4.2.0 mailbox busy', 'refused for now; the address'],
  ['RCPT TO', '451 try again later', 'refused for now'],
  ['RCPT TO', '451 4.7.1 greylisted', 'refused for now; may mean us'],
  ['RCPT TO', '550 5.1.1 no such user', 'refused for good; the address'],
  ['RCPT TO', '552 5.2.2 mailbox full', 'refused for good; the address'],
  ['RCPT TO', '550 5.7.1 relaying denied', 'refused for good; may mean us'],
  ['RCPT TO', '554 relay access denied', 'refused for good; may mean us'],
  ['RCPT TO', '550 no such user', 'refused for good; the address; may mean us'],
  ['RCPT TO', '550 host [192.5.1.7] may not relay', 'refused for good; the address; may mean us'],
  ['DATA', '554 5.7.1 content refused', 'refused for good'],
]

for (const [command, reply, means] of said) {
  test(`${command}: ${reply}`, () => {
    const error = Object.assign(new Error(`it failed: ${reply}`), { command, responseCode: Number(reply.slice(0, 3)) })
    const handed = handedOf(error, { isRead: false, to })
    if (handed.kind !== 'refused') return assert.equal(handed.kind, means)
    const words = [handed.forGood ? 'refused for good' : 'refused for now']
    if (handed.aboutAddress) words.push('the address')
    if (handed.mayMeanUs) words.push('may mean us')
    assert.equal(words.join('; '), means)
  })
}

test('without an answer it counts whether the message was read to its end', () => {
  const broken = new Error('the connection broke')
  assert.deepEqual(
    [handedOf(broken, { isRead: false, to }).kind, handedOf(broken, { isRead: true, to }).kind],
    ['not-handed', 'unknown'],
  )
})

test('no address reaches a log by what the server says', () => {
  assert.equal(
    handedOf(new Error('550 <jana@example.com> unknown'), { isRead: false, to }).words,
    '550 <[address]> unknown',
  )
})
