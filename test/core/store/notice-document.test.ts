import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Binary } from 'mongodb'
import type { NoticeDocument } from '#core/store/notice-document.ts'
import { toNotice, toStoredMessage } from '#core/store/notice-document.ts'

const raw = Buffer.from(`Subject: one\r\n\r\n${'<p>the same again</p>\r\n'.repeat(200)}`)
const message = { to: 'a@example.com', raw } as never
const read = (stored: object) => toNotice({ _id: 'a/1', fence: 1, message: stored } as unknown as NoticeDocument)

test('a message comes out of the store byte for byte, and takes a fraction of its size there', () => {
  const stored = toStoredMessage(message)
  assert.ok(stored.raw instanceof Binary)
  assert.ok(stored.raw.length() < raw.length / 4)
  assert.deepEqual(Buffer.from(read(stored).message?.raw ?? ''), raw)
})

test('what an earlier version stored as it was is read as it is', () => {
  assert.deepEqual(Buffer.from(read({ ...(message as object), raw: new Binary(raw) }).message?.raw ?? ''), raw)
})
