import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sourceFiles } from '#test/support/sources.ts'

test('what people are told to do is a command, and no request to the API', async () => {
  const told = (await sourceFiles()).filter(({ file }) => /^(notifier|scraper|core|api)\/(?!routes\/)/.test(file))
  const wrong = told.flatMap(({ file, text }) =>
    text
      .split('\n')
      .filter((line) => /\b(GET|POST|PUT|DELETE) [/…]|\bat \/v1\//.test(line) && !/^\s*(\*|\/\/|\/\*)/.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  )
  assert.deepEqual(wrong, [], 'Say it as npm run avizo -- <command>')
})
