/** What a reader sees of the html, as one line. */
export function readable({ html }: { html: string }): string {
  const body = html.slice(html.indexOf('<body')).replace(/<!--[\s\S]*?-->|<[^>]*>/g, ' ')
  const entities: Record<string, string> = { '&#x27;': "'", '&quot;': '"', '&amp;': '&', '&lt;': '<', '&nbsp;': ' ' }
  return body.replace(/&#x27;|&quot;|&amp;|&lt;|&nbsp;/g, (entity) => entities[entity] ?? '').replace(/\s+/g, ' ')
}
