import { z } from 'zod'
import { accentProblem, colourPattern, pageProblem, usualColours } from '#templates/colours.ts'

/** How the shop's mails look, besides name, address and contact. */
export const lookSettings = {
  SHOP_LOGO_URL: z
    .url({ protocol: /^https$/, error: 'expected the address of a picture, https://…' })
    .optional()
    .describe("Picture of the shop's logo, shown over its mails; without it its name stands there"),
  SHOP_LOGO_WIDTH: z.coerce.number().int().min(16).max(320).default(160).describe('Its width in pixels'),
  SHOP_LOGO_ALT: z
    .string()
    .max(120)
    .optional()
    .describe("What is read where pictures are not shown; the shop's name where it is not given"),
  SHOP_COLOUR: colour(accentProblem)
    .default(usualColours.accent)
    .describe('Colour of new dates, links and the button in mails'),
  SHOP_BACKGROUND: colour(pageProblem).default(usualColours.page).describe('Colour around the mail itself'),
  SHOP_FOOTER: z.string().max(500).optional().describe('A few words at the foot of each mail'),
  SHOP_LEGAL: z
    .string()
    .max(500)
    .optional()
    .describe('The last line of each mail: company, seat, register, whatever law asks for'),
}

function colour(problemOf: (colour: string) => string | null) {
  return z.string().superRefine((given, { addIssue }) => {
    const problem = colourPattern.test(given) ? problemOf(given) : 'expected a colour such as #1f5fa8'
    if (problem !== null) addIssue(problem)
  })
}
