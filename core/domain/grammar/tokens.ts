/** A word, the digits of a number, or one character of punctuation. */
export type Token = { text: string; kind: 'word' | 'number' | 'sign'; spaced: boolean }

/** Splits a normalised text; `spaced` says whether a blank stood before. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  let spaced = false
  while (at < text.length) {
    const kind = kindOf(text.charCodeAt(at))
    const start = at
    at += 1
    if (kind === 'space') {
      spaced = true
      continue
    }
    if (kind !== 'sign') while (at < text.length && kindOf(text.charCodeAt(at)) === kind) at += 1
    tokens.push({ text: text.slice(start, at), kind, spaced })
    spaced = false
  }
  return tokens
}

const kinds = Array.from({ length: 0x300 }, (_, code) => kindOfCode(code))

function kindOf(code: number): Token['kind'] | 'space' {
  return kinds[code] ?? kindOfCode(code)
}

function kindOfCode(code: number): Token['kind'] | 'space' {
  if (code === 32) return 'space'
  if (code >= 97 && code <= 122) return 'word'
  if (code >= 48 && code <= 57) return 'number'
  return code >= 0xc0 && code !== 0xd7 && code !== 0xf7 && code < 0x2000 ? 'word' : 'sign'
}
