import { z } from 'zod'

const wordings = z.array(z.string().min(1)).min(1)

export const Options = z.strictObject({
  /** Our company's name, as the portal shows it to whom is signed in: the sign that it is us. */
  account: z.string().min(1),
  /** Headers of the columns that every portal of this kind has, in the wordings that were met. */
  headers: z
    .strictObject({
      code: wordings.default(['Kód']),
      ean: wordings.default(['EAN']),
      title: wordings.default(['Název']),
    })
    .prefault({}),
})
export type Options = z.infer<typeof Options>
