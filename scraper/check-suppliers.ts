import { FolderError } from '#core/process/load-folder.ts'
import { readSettings, SettingsError, supplierVariables } from '#core/process/settings.ts'
import { loadSuppliers } from './load-suppliers.ts'
import { settings } from './settings.ts'

// For whoever starts the scraper and wants to know before: prints what is wrong with suppliers or their settings,
// each problem as a line of JSON, and nothing where all is well.
for (const problem of await problems()) process.stdout.write(`${JSON.stringify(problem)}\n`)

async function problems(): Promise<string[]> {
  try {
    const { SUPPLIERS_DIR: folder } = readSettings(settings.pick({ SUPPLIERS_DIR: true }))
    await loadSuppliers({ folder, variables: supplierVariables() })
    return []
  } catch (error) {
    if (error instanceof SettingsError) return error.problems
    if (error instanceof FolderError) return error.message.split('\n')
    throw error
  }
}
