import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PortalChanged } from '#scraper/failure.ts'
import { readItemsApart } from '#scraper/sources/files/read-apart.ts'
import { columns, csv, fields, header, observation } from './a-file.ts'

const wish = { file: csv(), fields, columns, mostBytes: 50_000_000 }
const bytes = Buffer.from(`${header}\n00123;4006381333931;Aurora;březen 2027\n`)

test('a file is read in a thread of its own, and fails there as it would here', async () => {
  const { observations, rows } = await readItemsApart(bytes, wish)
  assert.deepEqual([observations, rows], [[observation], 1])
  await assert.rejects(readItemsApart(Buffer.from('a;b\n1;2\n'), wish), PortalChanged)
})

test('while a large file is read, we can still be heard; and reading ends when the run does', async () => {
  const large = Buffer.from(`${header}\n${'00123;4006381333931;Aurora;březen 2027\n'.repeat(200_000)}`)
  const ending = new AbortController()
  let heard = 0
  const timer = setInterval(() => {
    heard += 1
    if (heard === 5) ending.abort(new Error('the run is over'))
  }, 5)
  await assert.rejects(readItemsApart(large, wish, ending.signal), /the run is over/)
  clearInterval(timer)
  assert.equal(heard >= 5, true)
})
