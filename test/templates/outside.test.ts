import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contactLink, oneLine, shorten, webAddress } from '#templates/outside.ts'

test('a text from outside becomes one line without control characters', () => {
  assert.equal(oneLine(' a\r\nBcc: b\u0000\tc\u2028d\u202Ee ', 'title'), 'a Bcc: b c d e')
})

test('a text that mail programs would decode as an encoded word is shown as it is', () => {
  assert.equal(oneLine('=?utf-8?Q?a=0D=0ABcc:_b?=', 'order'), '= ?utf-8?Q?a=0D=0ABcc:_b?=')
  assert.equal(oneLine('1=\u0000?utf-8?B?YQ==?=', 'order'), '1= ?utf-8?B?YQ== ?=')
})

test('a broken half of a character does not reach the mail', () => {
  assert.equal(oneLine('a\uD83Db', 'title'), 'a\uFFFDb')
})

test('right-to-left text and joined emoji stay as they are', () => {
  assert.equal(oneLine('דמות 👩‍👩‍👧', 'title'), 'דמות 👩‍👩‍👧')
})

test('a long text is cut between whole characters', () => {
  assert.equal(shorten('abc', 3), 'abc')
  assert.equal(shorten('ab👩‍👩‍👧cd', 6), 'ab…')
  assert.equal(shorten('👩‍👩‍👧 gift', 4), '…')
  assert.equal(shorten('ab cdef', 4), 'ab…')
})

test('only web pages become links', () => {
  assert.equal(webAddress('https://shop.example/o/1'), 'https://shop.example/o/1')
  for (const address of ['javascript:alert(1)', 'data:text/html,x', '/o/1', 'no address', '', undefined]) {
    assert.equal(webAddress(address), null)
  }
})

test('a contact is a link where it is an address, and words otherwise', () => {
  assert.equal(contactLink('podpora+1@shop.example'), 'mailto:podpora%2B1@shop.example')
  assert.equal(contactLink('https://shop.example/pomoc'), 'https://shop.example/pomoc')
  for (const contact of ['+420 123 456 789', 'a@b.cz?bcc=c@d.cz', 'javascript:x', '"a b"@c.cz']) {
    assert.equal(contactLink(contact), null)
  }
})
