import { z } from 'zod'
import { SupplierId } from '#core/domain/ids.ts'
import { FolderError, loadFolder } from '#core/process/load-folder.ts'
import { SettingsError } from '#core/process/settings.ts'
import { Definition, definitionHash } from './definition.ts'
import type { Robot } from './robot.ts'

/** A supplier that this scraper can read: its checked definition, with what the settings say of it. */
export type Supplier = {
  id: SupplierId
  definition: Definition
  hash: string
  address: string
  /** Credentials by the names that the definition gives them. */
  secrets: Record<string, string>
  robot: Robot
}
export type Suppliers = ReadonlyMap<string, Supplier>

type Variables = Record<string, string>
type Where = { folder: string; variables: Variables }

/** All suppliers of a folder; whatever is wrong with any of them is named at once. */
export async function loadSuppliers({ folder, variables }: Where): Promise<Suppliers> {
  const members = await loadFolder(folder, 'definition.ts')
  const wrong: string[] = []
  const missing: string[] = []
  const suppliers = members.flatMap((member) => {
    const read = readMember(member, variables)
    if ('wrong' in read) wrong.push(...read.wrong)
    else missing.push(...read.missing)
    return 'supplier' in read ? [read.supplier] : []
  })
  if (wrong.length > 0) throw new FolderError(wrong.join('\n'))
  if (missing.length > 0) throw new SettingsError(missing)
  return new Map(suppliers.map((supplier) => [supplier.id, supplier]))
}

type Member = { id: string; path: string; module: unknown }
/** `missing` are settings without which nobody can sign in; to read what was saved they are not needed. */
type Read = { supplier: Supplier; missing: string[] } | { wrong: string[] }

export function readMember({ id, path, module }: Member, variables: Variables): Read {
  const folder = SupplierId.safeParse(id)
  if (!folder.success) return { wrong: problems(path, folder.error, 'name of the folder') }
  const exported = z.object({ definition: Definition }).safeParse(module)
  if (!exported.success) return { wrong: problems(path, exported.error) }
  const { definition } = exported.data
  const bound = bindRobot(definition)
  if ('error' in bound) return { wrong: problems(path, bound.error, 'definition.options') }
  const { missing, ...given } = fromVariables({ id: folder.data, definition, variables })
  const supplier = { id: folder.data, definition, hash: definitionHash(definition), robot: bound.robot, ...given }
  return { supplier, missing }
}

function bindRobot(definition: Definition): { robot: Robot } | { error: z.ZodError } {
  try {
    return { robot: definition.platform.robot(definition.options) }
  } catch (error) {
    if (error instanceof z.ZodError) return { error }
    throw error
  }
}

type Given = { id: string; definition: Definition; variables: Variables }
type FromVariables = Pick<Supplier, 'address' | 'secrets'> & { missing: string[] }

function fromVariables({ id, definition, variables }: Given): FromVariables {
  const variable = (name: string) => `SUPPLIER_${id}_${name}`.toUpperCase().replaceAll('-', '_')
  const address = variables[variable('address')] ?? definition.address
  const missing = definition.credentials
    .filter((name) => !variables[variable(name)])
    .map((name) => `${variable(name)}: needed to sign in to the portal of supplier "${id}"`)
  if (!URL.canParse(address)) missing.push(`${variable('address')}: expected an address such as ${definition.address}`)
  const secrets = definition.credentials.map((name) => [name, variables[variable(name)] ?? ''])
  return { address: address.replace(/\/+$/, ''), secrets: Object.fromEntries(secrets), missing }
}

function problems(path: string, error: z.ZodError, within = ''): string[] {
  return error.issues.flatMap(innermost).map((issue) => {
    const where = [within, ...issue.path.map(String)].filter(Boolean).join('.')
    return `${path}: ${where ? `${where}: ` : ''}${said(issue.message)}`
  })
}

/** Of what may be written in several ways, the way that was begun; where none was, all of them. */
function innermost(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue]
  const begun = issue.errors.find((way) => way.every(({ path }) => path.length > 0))
  if (begun) return begun.flatMap((inner) => innermost({ ...inner, path: [...issue.path, ...inner.path] }))
  const ways = issue.errors.flatMap(([first]) => (first ? [said(first.message)] : []))
  return [{ ...issue, message: [...new Set(ways)].join('; or ') }]
}

function said(message: string): string {
  return message.replace(/^Invalid input: expected (.+), received undefined$/, 'is missing: expected $1')
}
