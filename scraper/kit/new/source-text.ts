/** Pieces of TypeScript as the formatter would write them: a definition is read by people. */
export type Line = string | Line[]

/** Nested lists are deeper by one step. */
export function toText(lines: Line[], depth = 0): string {
  return lines
    .map((line) => (typeof line === 'string' ? `${'  '.repeat(depth)}${line}\n` : toText(line, depth + 1)))
    .join('')
}

export function quoted(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\')
  return text.includes("'") && !text.includes('"') ? `"${escaped}"` : `'${escaped.replaceAll("'", "\\'")}'`
}

export function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name)
}

/** In one line where it fits, else an element a line. */
export function list(name: string, elements: string[], { depth }: { depth: number }): Line[] {
  const line = `${name}: [${elements.join(', ')}],`
  if (line.length + 2 * depth <= 120) return [line]
  return [`${name}: [`, elements.map((element) => `${element},`), '],']
}

export function object(name: string, lines: Line[]): Line[] {
  return [`${name}: {`, lines, '},']
}
