import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Selector } from '#scraper/step.ts'

for (const selector of ['#zbozi', ':is(nav, .pager) a:not(tbody *)', 'input[name="a[b]"]', 'tr:nth-child(2) > td']) {
  test(`${selector} is a selector`, () => {
    assert.equal(Selector.safeParse(selector).success, true)
  })
}

for (const selector of ['', '..zbozi', '#zbozi[', '.a >', 'a,,b', 'text=Koupit']) {
  test(`"${selector}" is refused before any portal is asked`, () => {
    const { error } = Selector.safeParse(selector)
    assert.match(error?.issues[0]?.message ?? '', /^".*" is no CSS selector: \w/)
  })
}
