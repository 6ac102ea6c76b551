import { z } from 'zod'
import { settings as avizo } from '#api/cli/settings.ts'
import { settings as api } from '#api/settings.ts'
import { settings as mailbox } from '#infra/demo/mailbox/settings.ts'
import { settings as portal } from '#infra/demo/portal/settings.ts'
import { settings as infra } from '#infra/settings.ts'
import { settings as notifier } from '#notifier/settings.ts'
import { settings as scraper } from '#scraper/settings.ts'

const schemas = { start: infra, scraper, notifier, api, avizo, portal, mailbox }

/** The table of settings as README has it: every variable once, with who reads it, its default and what it is. */
export function settingsTable(): string {
  const rows = new Map<string, { readers: string[]; fallback: string; about: string }>()
  for (const [reader, schema] of Object.entries(schemas)) {
    for (const [name, field] of Object.entries(schema.shape)) {
      const known = rows.get(name)
      if (known) known.readers.push(reader)
      else rows.set(name, { readers: [reader], ...describe(field) })
    }
  }
  const lines = [...rows].map(
    ([name, row]) => `| \`${name}\` | ${row.fallback} | ${row.about} | ${row.readers.join(', ')} |`,
  )
  return ['| variable | default | what it is | read by |', '|---|---|---|---|', ...lines].join('\n')
}

function describe(field: z.ZodType): { fallback: string; about: string } {
  const { default: fallback, description } = z.toJSONSchema(field, { io: 'input', unrepresentable: 'any' })
  const said = fallback === undefined || fallback === '' ? '' : `\`${JSON.stringify(fallback).replaceAll('"', '')}\``
  return { fallback: said, about: description ?? '' }
}

if (import.meta.main) console.log(settingsTable())
