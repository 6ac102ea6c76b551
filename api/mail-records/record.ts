/** One record of the domain: what it should say, and what is there. */
export type MailRecord = {
  what: 'SPF' | 'DKIM' | 'DMARC'
  name: string
  /** As to be created; null where the words say what is to be done. */
  value: string | null
  found: string[]
  state: 'ok' | 'missing' | 'wrong' | 'skipped'
  words: string
}

export type Verdict = Pick<MailRecord, 'state' | 'words'>

/** The texts that stand at a name, or why nobody knows. */
export type Texts = { texts: string[] } | { failed: string }
export type Look = (name: string) => Promise<Texts>

export function ok(words: string): Verdict {
  return { state: 'ok', words }
}

export function wrong(words: string): Verdict {
  return { state: 'wrong', words }
}

/** Of the texts at a name those that begin so; one is judged, and several are one too many. */
export function judge(seen: Texts, begin: RegExp, one: (text: string) => Verdict): Verdict & Pick<MailRecord, 'found'> {
  if ('failed' in seen) return { found: [], state: 'skipped', words: seen.failed }
  const found = seen.texts.filter((text) => begin.test(text))
  const [text, ...more] = found
  if (text === undefined) return { found, state: 'missing', words: 'there is none: create it' }
  if (more.length > 0)
    return { found, ...wrong(`there are ${found.length}, which may count as none: make one of them`) }
  return { found, ...one(text) }
}

export type Tags = Record<string, string | undefined>

/** A record of the form `name=value; name=value`. */
export function tagsOf(text: string): Tags {
  const tags = text.split(';').map((tag) => tag.split(/=(.*)/s))
  return Object.fromEntries(tags.map(([name = '', value = '']) => [name.trim(), value.replaceAll(/\s/g, '')]))
}
