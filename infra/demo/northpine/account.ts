/** The one account of the American demo portal. */
export const account = {
  username: 'avizo-buyer',
  password: 'Secret-Word-2026',
  company: 'Avizo Collectibles Inc.',
} as const
