/** The one account of the demo portal: what the robot of supplier `demo` signs in with. */
export const account = {
  username: 'obchod',
  password: 'tajne-heslo-2026',
  company: 'Figurkov s.r.o.',
} as const
