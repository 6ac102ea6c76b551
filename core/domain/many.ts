/** "1 customer", "3 customers": for logs and people at the desk; mails have plural forms of their own. */
export function many(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
