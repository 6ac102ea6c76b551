import type { Supplier } from '#scraper/load-suppliers.ts'
import type { SessionMemory } from '#scraper/robot.ts'
import { makeSessions, noMemory, wantsMemory } from '#scraper/session-memory.ts'
import type { Kit } from './commands.ts'
import { keepRun } from './keep-run.ts'
import { KitError, wrongCommand } from './kit-error.ts'
import type { Loaded } from './load-one.ts'
import { loadOne } from './load-one.ts'
import { openBrowserFor } from './open-browser.ts'
import { readItems } from './read-items.ts'
import type { Tried } from './run-once.ts'
import { runOnce } from './run-once.ts'
import { say } from './say.ts'
import { startTelling } from './telling.ts'
import { tryJson, tryLines } from './try-report.ts'

type Wish = { id: string; visible?: true; all?: true; json?: true; remember?: true }

/** `npm run supplier try`: reads one portal now, and shows what it understood. */
export async function trySupplier(kit: Kit, { id, visible, all, json, remember }: Wish): Promise<number> {
  const { supplier } = await loadToSignIn(kit, id)
  const tried = await visit(kit, supplier, { visible: visible === true, remember: remember === true })
  const items = readItems(tried.observations, { supplier, anchor: tried.anchor })
  const kept = await keepRun(tried, items, kit.settings.VAR_DIR)
  const report = { tried, items, kept, columns: supplier.definition.columns, all: all === true }
  say(...(json ? [JSON.stringify(tryJson(report))] : tryLines(report)))
  return tried.ending.outcome === 'whole' ? 0 : 1
}

/** With all that a sign-in needs, or with the names of what is missing. */
export async function loadToSignIn({ settings, variables }: Kit, id: string): Promise<Loaded> {
  const loaded = await loadOne({ folder: settings.SUPPLIERS_DIR, id, variables })
  if (loaded.missing.length === 0) return loaded
  const names = loaded.missing.map((line) => `  ${line}`).join('\n')
  throw new KitError(
    `Cannot sign in to ${id}, settings are missing or wrong:\n${names}\nPut them into the file .env in the project's folder, one a line: NAME=value`,
  )
}

type How = { visible: boolean; remember?: boolean }

export async function visit(kit: Kit, supplier: Supplier, { visible, remember = false }: How): Promise<Tried> {
  const session = remember ? sessionFor(kit, supplier) : noMemory
  const openBrowser = openBrowserFor(kit.settings, visible)
  using telling = startTelling(`Reading ${supplier.definition.name} at ${supplier.address}`)
  return await runOnce({ supplier, openBrowser, session, stopping: kit.stopping, telling })
}

/** The scraper's own: what one of them remembers, the other goes on with. */
function sessionFor({ settings }: Kit, supplier: Supplier): SessionMemory {
  const { SCRAPER_SESSION_KEY: key, SCRAPER_SESSIONS_DIR: folder } = settings
  if (!wantsMemory(supplier)) throw wrongCommand(`--remember: the definition of ${supplier.id} has no "remember: true"`)
  if (key === undefined) throw wrongCommand('--remember: SCRAPER_SESSION_KEY is missing, which encrypts what is kept')
  return makeSessions({ folder, key, log: { info: tell, warn: tell } })(supplier)
}

function tell(_: object, text: string): void {
  process.stderr.write(`${text}\n`)
}
