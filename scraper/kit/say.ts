/** Standard output, line by line; a reader that went away is no error of ours. */
export function say(...lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`)
}
