import { Incomplete, PortalChanged } from '#scraper/failure.ts'
import { decode, markOf } from './decode.ts'
import type { Tree } from './records.ts'
import { Written } from './records.ts'

/** JSON with its numbers as they are written. */
export function parseJson(bytes: Uint8Array): Tree {
  const text = decode(bytes, markOf(bytes) ?? 'utf-8').trim()
  try {
    return JSON.parse(text, asWritten) as Tree
  } catch (error) {
    throw notJson(text, error)
  }
}

function asWritten(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' ? new Written(context?.source ?? String(value)) : value
}

function notJson(text: string, error: unknown): Incomplete | PortalChanged {
  const said = error instanceof Error ? error.message : String(error)
  if (error instanceof RangeError) return new PortalChanged('the JSON is nested too deeply to be read')
  const at = Number(/position (\d+)/.exec(said)?.[1] ?? -1)
  const isCut = /end of JSON input|Unterminated/.test(said) || at >= text.length
  if (isCut) return new Incomplete('the JSON ends in the middle: it was cut')
  return new PortalChanged(`the answer is no JSON; it begins ${JSON.stringify(text.slice(0, 80))}`)
}
