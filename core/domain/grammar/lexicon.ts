import { normalise } from './normalise.ts'
import type { Lexeme } from './lexeme.ts'
import { idle, numberLexeme } from './lexeme.ts'
import type { Token } from './tokens.ts'
import { tokenise } from './tokens.ts'
import { rolesOf } from './roles.ts'
import type { Vocabulary } from './vocabulary.ts'

type Node = { next: Map<string, Node>; lexemes: Lexeme[] | null }

/** A language's vocabulary, compiled once: phrases as a tree of words. */
export type Lexicon = Pick<Vocabulary, 'order' | 'dotted' | 'dayAfterMonth'> & { root: Node }

export function compile(vocabulary: Vocabulary): Lexicon {
  const root = makeNode()
  const phrases: string[] = []
  for (const [texts, roles] of rolesOf(vocabulary)) {
    for (const text of texts.flatMap(expand)) {
      phrases.push(text)
      addRoles(nodeOf(root, text), roles, text)
    }
  }
  for (const [from, to] of Object.entries(vocabulary.rewrites)) {
    const lexemes = toLexemes(tokenise(normalise(to)), root)
    if (!lexemes) throw new Error(`grammar ${vocabulary.locale}: rewrite of "${from}" has unknown words: "${to}"`)
    for (const phrase of expand(from)) {
      phrases.push(phrase)
      nodeOf(root, phrase).lexemes = lexemes
    }
  }
  addUnmarked(root, phrases, vocabulary.withoutMarks)
  const { order, dotted, dayAfterMonth } = vocabulary
  return { root, order, dotted, dayAfterMonth }
}

/** The cell's words by their roles, or null where one is unknown. The longest phrase is taken. */
export function toLexemes(tokens: Token[], root: Node): Lexeme[] | null {
  const lexemes: Lexeme[] = []
  let at = 0
  while (at < tokens.length) {
    const token = tokens[at] as Token
    if (token.kind === 'number' || token.text === '-') {
      lexemes.push(token.kind === 'number' ? numberLexeme(token.text) : dashOf(tokens, at))
      at += 1
      continue
    }
    const found = longest(tokens, at, root)
    if (!found) return null
    for (const lexeme of found.lexemes) lexemes.push(lexeme)
    at = found.next
  }
  return lexemes
}

const dash: Lexeme = { ...idle, sign: '-' }
const dashApart: Lexeme = { ...dash, apart: true }
const minus: Lexeme = { ...dash, minus: true }

/** Blanks tell the dash between two things from the one within a date, and from the sign of a number. */
function dashOf(tokens: Token[], at: number): Lexeme {
  const following = tokens[at + 1]
  const opens = tokens[at]?.spaced || at === 0 || tokens[at - 1]?.kind === 'sign'
  if (!opens || !following) return dash
  if (following.spaced) return dashApart
  return following.kind === 'number' ? minus : dash
}

type Found = { lexemes: Lexeme[]; next: number }

function longest(tokens: Token[], start: number, root: Node): Found | null {
  let node: Node | undefined = root
  let found: Found | null = null
  for (let at = start; at < tokens.length;) {
    const token = tokens[at] as Token
    const child = node.next.get(token.text)
    if (!child) {
      if (at === start || !isHyphen(tokens, at)) break
      at += 1
      continue
    }
    node = child
    at += 1
    const dotted = token.kind === 'word' && tokens[at]?.text === '.'
    const explicit: Node | undefined = dotted ? node.next.get('.') : undefined
    if (explicit) node = explicit
    if (dotted) at += 1
    if (node.lexemes) found = { lexemes: node.lexemes, next: at }
  }
  return found
}

/** Between two words, and without blanks: "pre-order", "out-of-stock". */
function isHyphen(tokens: Token[], at: number): boolean {
  const following = tokens[at + 1]
  return tokens[at]?.text === '-' && !tokens[at]?.spaced && following?.kind === 'word' && !following.spaced
}

function makeNode(): Node {
  return { next: new Map(), lexemes: null }
}

function nodeOf(root: Node, phrase: string): Node {
  let node = root
  for (const { text } of tokenise(normalise(phrase))) {
    let child = node.next.get(text)
    if (!child) node.next.set(text, (child = makeNode()))
    node = child
  }
  return node
}

function addRoles(node: Node, roles: Partial<Lexeme>, phrase: string): void {
  const before = node.lexemes?.[0] ?? idle
  for (const key of Object.keys(roles) as (keyof Lexeme)[]) {
    if (before[key] !== idle[key] && before[key] !== roles[key]) {
      throw new Error(`grammar: "${phrase}" has two meanings as ${key}: ${before[key]} and ${roles[key]}`)
    }
  }
  node.lexemes = [{ ...idle, ...before, ...roles }]
}

/** "(a|b) c" is "a c" and "b c". */
function expand(phrase: string): string[] {
  const match = /\(([^()]*)\)/.exec(phrase)
  if (!match || !match[1]?.includes('|')) return [phrase]
  const [whole, choices] = match as unknown as [string, string]
  return choices.split('|').flatMap((choice) => expand(phrase.replace(whole, choice)))
}

/** Words as written without a keyboard for them, where that is no other word of the language. */
function addUnmarked(root: Node, phrases: string[], withoutMarks: (word: string) => string): void {
  for (const phrase of phrases) {
    const unmarked = withoutMarks(normalise(phrase))
    const node = nodeOf(root, unmarked)
    node.lexemes ??= nodeOf(root, phrase).lexemes
  }
}
