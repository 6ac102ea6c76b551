/** The one account of the German demo portal. */
export const account = {
  username: 'einkauf@avizo.example',
  password: 'Geheim-Wort-2026',
  company: 'Avizo Handels GmbH',
} as const
