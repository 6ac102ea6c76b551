import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { mailLanguages } from '#core/domain/language.ts'
import { newsKinds } from '#core/domain/news.ts'
import { newsOf, notice } from '#templates/examples.ts'
import { phrasesOf } from '#templates/languages.ts'
import type { MailRenderer } from '#templates/render.ts'
import { makeRenderer } from '#templates/render.ts'
import { viewNotice } from '#templates/view.ts'
import { readable } from './readable.ts'

const shop = { name: 'Figurkov' }
let renderer: MailRenderer
before(async () => {
  renderer = await makeRenderer(shop)
})

// How each is worded is read in `letters/`.
for (const language of mailLanguages) {
  for (const kind of newsKinds) {
    test(`${kind} in ${language} has old and new beside each other, in html as in text`, () => {
      const content = notice({ language, news: [newsOf(kind)] })
      const mail = renderer.render(content)
      const { labels } = phrasesOf[language]
      const [line] = viewNotice(content, shop).news
      assert.ok(line?.told && line.now && line.explanation)
      const card = `* Saber Alter 1/7\n  ${labels.told}: ${line.told}\n  ${labels.now}: ${line.now}\n  ${line.explanation}\n`
      assert.ok(mail.text.includes(card), mail.text)
      assert.match(
        mail.html.replaceAll('\u00a0', ' '),
        new RegExp(`<s>${line.told}</s>.*<strong[^>]*>${line.now}</strong>`, 's'),
      )
      assert.ok(readable(mail).includes(line.explanation), readable(mail))
    })
  }

  test(`each kind of news has words of its own in ${language}, and so has a second delay`, () => {
    const said = newsKinds.map((kind) => sayBriefly(kind))
    assert.equal(new Set([...said, sayBriefly('delayed', true)]).size, newsKinds.length + 1)
  })

  function sayBriefly(kind: (typeof newsKinds)[number], again?: true): string {
    return viewNotice(notice({ language, news: [newsOf(kind, again && { again })] }), shop).news[0]?.explanation ?? ''
  }
}
