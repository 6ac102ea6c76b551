import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SignIn } from '#scraper/sign-in/sign-in.ts'

function problemOf(obstacle: object): string | undefined {
  return SignIn.safeParse({ kind: 'basic', obstacles: [obstacle] }).error?.issues[0]?.message
}

test('what comes in the way of a sign-in stands on the page or is a window over it, never both', () => {
  const onPage = { name: 'cookies', shows: '#c', click: '#c a' }
  const over = { name: 'session', dialog: 'aktivní', accept: true }
  assert.equal(problemOf(onPage), undefined)
  assert.equal(problemOf(over), undefined)
  for (const wrong of [{ ...onPage, ...over }, { ...over, accept: false }, { name: 'x' }])
    assert.match(problemOf(wrong) ?? '', /expected \{ name, shows, click \} .* or \{ name, dialog, accept: true \}/)
  assert.match(problemOf({ ...onPage, click: 'a[' }) ?? '', /"a\[" is no CSS selector/)
})
