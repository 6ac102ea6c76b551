import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { followLogs } from '#infra/follow-logs.ts'

const folder = mkdtempSync(join(tmpdir(), 'avizo-follow-'))
after(() => rmSync(folder, { recursive: true, force: true }))

test('lines are shown with the name of their process, from the moment of following on', () => {
  const file = log('api', 'old\n')
  const { lines, stop } = follow({ api: file, notifier: log('notifier', '') })
  appendFileSync(file, 'new\n')
  stop()
  assert.deepEqual(lines, ['api      │ new'])
})

test('the last lines that are there can come first', () => {
  const { lines, stop } = follow({ api: log('api', 'one\ntwo\nthree\n') }, 2)
  stop()
  assert.deepEqual(lines, ['api │ two', 'api │ three'])
})

test('more lines than there are is all of them', () => {
  const { lines, stop } = follow({ api: log('api', 'one\ntwo\n') }, 10)
  stop()
  assert.deepEqual(lines, ['api │ one', 'api │ two'])
})

test('a letter that was written in two halves comes out whole', async () => {
  const file = log('api', '')
  const { lines, stop } = follow({ api: file })
  const text = Buffer.from('příští\n')
  appendFileSync(file, text.subarray(0, 2))
  await new Promise((resolve) => setTimeout(resolve, 200))
  appendFileSync(file, text.subarray(2))
  stop()
  assert.deepEqual(lines, ['api │ příští'])
})

test('a file that is not there yet, and one that begins anew, are read from their start', () => {
  const late = join(folder, 'late.log')
  const turned = log('turned', 'a long line of the old file\n')
  const { lines, stop } = follow({ late, turned })
  writeFileSync(late, 'first\n')
  writeFileSync(turned, 'anew\n')
  stop()
  assert.deepEqual(lines, ['late   │ first', 'turned │ anew'])
})

function log(name: string, text: string): string {
  const file = join(folder, `${name}.log`)
  writeFileSync(file, text)
  return file
}

function follow(files: Record<string, string>, lines = 0) {
  const written: string[] = []
  const write = (line: string) => void written.push(stripVTControlCharacters(line))
  const { stop } = followLogs({ files: new Map(Object.entries(files)), lines, write })
  return { lines: written, stop }
}
