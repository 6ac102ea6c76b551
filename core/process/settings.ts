import { z } from 'zod'

/** Settings are missing or wrong: a person must mend them; every one of them is named. */
export class SettingsError extends Error {
  override name = 'SettingsError'
  readonly problems: string[]
  constructor(problems: string[]) {
    super(
      `Cannot start, settings are missing or wrong:\n${problems.map((p) => `  ${p}`).join('\n')}\nSee "Settings" in README.md.`,
    )
    this.problems = problems
  }
}

type Environment = Record<string, string | undefined>

/** Reads a process's own variables, once, at its start; an empty variable counts as not given. */
export function readSettings<T extends z.ZodObject>(schema: T, environment: Environment = process.env): z.infer<T> {
  const problems = settingsProblems(schema, environment)
  if (problems.length > 0) throw new SettingsError(problems)
  return schema.parse(given(schema, environment))
}

/** What is missing or wrong, one line each, `NAME: what is expected`. */
export function settingsProblems(schema: z.ZodObject, environment: Environment): string[] {
  const result = schema.safeParse(given(schema, environment))
  if (result.success) return []
  return result.error.issues.map((issue) => {
    const name = issue.path.join('.')
    const field: unknown = schema.shape[name]
    const about = field instanceof z.ZodType && field.description ? ` (${field.description})` : ''
    return environment[name] ? `${name}: ${issue.message}${about}` : `${name}: is missing${about}`
  })
}

/** Of a whole environment only the variables that a process's schema names. */
export function given(schema: z.ZodObject, environment: Environment): Record<string, string> {
  const names = Object.keys(schema.shape)
  return Object.fromEntries(names.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])))
}

/** The credentials of suppliers: `SUPPLIER_<ID>_<NAME>`, with the id in capitals and `_` for `-`. */
export function supplierVariables(environment: Environment = process.env): Record<string, string> {
  const entries = Object.entries(environment).filter(([name, value]) => name.startsWith('SUPPLIER_') && value)
  return Object.fromEntries(entries) as Record<string, string>
}
