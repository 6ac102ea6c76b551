import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { Incomplete, PortalChanged } from '#scraper/failure.ts'
import { decode, markOf } from './decode.ts'
import { isEncoding } from './encoding.ts'
import type { Tree } from './records.ts'
import { isBranch, textKey } from './records.ts'

/** XML as a tree: attributes with an @ before their names, repeated elements as lists, all values as texts. */
export function parseXml(bytes: Uint8Array): Tree {
  const text = decode(bytes, encodingOf(bytes))
  if (/<!DOCTYPE[^>]*\[|<!ENTITY/i.test(text))
    throw new PortalChanged('the XML declares entities of its own, which are not resolved')
  const fault = XMLValidator.validate(text)
  if (fault !== true) throw faulty(text, fault.err)
  try {
    return withTexts(makeParser().parse(text) as Tree)
  } catch (error) {
    if (error instanceof PortalChanged) throw error
    throw faulty(text, { msg: error instanceof Error ? error.message : String(error), line: 0 })
  }
}

/** As the file's mark or its first line says; utf-8 where neither does. */
function encodingOf(bytes: Uint8Array): string {
  const mark = markOf(bytes)
  if (mark) return mark
  const start = Buffer.from(bytes.subarray(0, 200)).toString('latin1')
  const named = /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1] ?? 'utf-8'
  if (!isEncoding(named)) throw new PortalChanged(`the XML says that its encoding is "${named}", which is not known`)
  return named
}

function faulty(text: string, { msg, line }: { msg: string; line: number }): Incomplete | PortalChanged {
  if (!text.trimStart().startsWith('<'))
    return new PortalChanged(`the file is no XML; it begins ${JSON.stringify(text.slice(0, 80))}`)
  const root = /<([^\s<>/?!]+)/.exec(text)?.[1]
  const isWhole = text.slice(-2_000).includes(`</${root}`) || /\/>\s*$/.test(text)
  if (!isWhole) return new Incomplete('the XML ends in the middle: it was cut')
  return new PortalChanged(`the XML is not well-formed: ${msg.slice(0, 160)} (line ${line})`)
}

function makeParser(): XMLParser {
  return new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    entityDecoder: {
      setExternalEntities: () => {},
      addInputEntities: () => {},
      reset: () => {},
      setXmlVersion: () => {},
      decode: decodeEntities,
    },
  })
}

const predefined: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decodeEntities(text: string): string {
  return text.includes('&')
    ? text.replaceAll(/&(#x[\da-f]+|#\d+|[\w.:-]+);/gi, (_, name: string) => entity(name))
    : text
}

function entity(name: string): string {
  if (!name.startsWith('#')) {
    const known = Object.hasOwn(predefined, name) ? predefined[name] : undefined
    if (known === undefined) throw new PortalChanged(`the XML has the entity &${name};, which nobody declares`)
    return known
  }
  const code = name[1]?.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  if (code === 0 || code > 0x10ffff) throw new PortalChanged(`the XML has &${name};, which is no character`)
  return String.fromCodePoint(code)
}

/** An element with attributes alone has a text too: an empty one. */
function withTexts(tree: Tree): Tree {
  if (Array.isArray(tree)) for (const one of tree) withTexts(one)
  if (!isBranch(tree)) return tree
  const keys = Object.keys(tree)
  if (keys.every((key) => key.startsWith('@'))) tree[textKey] = ''
  else for (const key of keys) if (tree[key] !== undefined) withTexts(tree[key])
  return tree
}
