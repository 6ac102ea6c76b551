/** "prosinec říjen" as "prosinec rijen": letters without their marks. */
export function withoutDiacritics(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ł', 'l').normalize('NFC')
}

/** "März" as "Maerz", as German does without a keyboard for it. */
export function withoutUmlauts(word: string): string {
  return word.replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue')
}
