/** The one account of the Polish demo portal; the secret makes its one-time codes (RFC 6238, SHA-1, 30 s, 6 digits). */
export const account = {
  username: 'sklep-avizo',
  password: 'Tajne-Haslo-2026',
  totp: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  company: 'Sklep Avizo Sp. z o.o.',
} as const
