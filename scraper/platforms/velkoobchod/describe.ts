import type { z } from 'zod'
import { Options as Described } from '../described/options.ts'
import type { Options } from './options.ts'

const form = '#prihlaseni'

/** Where things stand on the portals of this kind. */
export function describe({ account, headers }: Options): Described {
  return Described.parse({
    signIn: {
      kind: 'form',
      path: '/prihlaseni',
      steps: [
        {
          fill: { [`${form} input[name=jmeno]`]: 'username', [`${form} input[name=heslo]`]: 'password' },
          submit: `${form} button[type=submit]`,
        },
      ],
      signedIn: { selector: '.ucet-jmeno', text: account },
      refused: [{ selector: '.chyba', words: 'Neplatné jméno nebo heslo', means: 'wrong-password' }],
    },
    source: {
      kind: 'table',
      path: '/katalog',
      table: '#zbozi',
      fields: headers,
      paging: { by: 'parameter', name: 'strana' },
      whole: { total: '.rozsah' },
    },
  } satisfies z.input<typeof Described>)
}
