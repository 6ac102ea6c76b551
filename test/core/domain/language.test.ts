import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mailLanguageOf, mailLanguages } from '#core/domain/language.ts'

test("a mail is in the customer's language where we write it, whatever the country", () => {
  for (const language of mailLanguages) assert.equal(mailLanguageOf(language, 'cs'), language)
  assert.equal(mailLanguageOf('en-GB', 'cs'), 'en')
  assert.equal(mailLanguageOf('de-AT', 'cs'), 'de')
})

test("in another language, or where it is not known, a mail is in the shop's", () => {
  assert.equal(mailLanguageOf('hu', 'sk'), 'sk')
  assert.equal(mailLanguageOf(undefined, 'pl'), 'pl')
})
