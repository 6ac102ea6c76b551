import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mailLanguages } from '#core/domain/language.ts'
import { readLetters } from './letter-files.ts'
import { lettersIn } from './letters.ts'

const mend = 'wording changed: run `node test/templates/letter-files.ts` and read the difference aloud'

for (const language of mailLanguages) {
  const read = readLetters(language)
  const said = lettersIn(language)

  test(`the letters that were read aloud in ${language} are all that there are`, () => {
    assert.deepEqual([...read.keys()], [...said.keys()], mend)
  })

  for (const [name, text] of said) {
    test(`in ${language} as it was read aloud: ${name}`, () => {
      assert.equal(text, read.get(name), mend)
    })
  }
}
