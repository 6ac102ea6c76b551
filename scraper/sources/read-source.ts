import type { Page } from 'playwright-core'
import type { Observation, Proof } from '#core/domain/messages.ts'
import type { Column } from '#core/domain/supplier.ts'
import type { Saved, Visit } from '#scraper/robot.ts'
import type { SignIn } from '#scraper/sign-in/sign-in.ts'
import { readDownload, readSavedDownload } from './download.ts'
import { readPageJson, readSavedPageJson } from './page-json.ts'
import type { Source } from './source.ts'
import { readSavedTable, readTableSource } from './table-source.ts'

/** `signIn` says how a page proves that we are signed in; every page read must. */
export type Reading<S> = { tab: Page; source: S; signIn: SignIn }
export type SavedReading<S> = { source: S; columns: Column[] }

/** Reads the whole of what the source describes, with the proofs that it is whole. */
export async function readSource(visit: Visit, reading: Reading<Source>): Promise<Proof[]> {
  const { source, ...rest } = reading
  switch (source.kind) {
    case 'table':
      return readTableSource(visit, { source, ...rest })
    case 'download':
      return readDownload(visit, { source, ...rest })
    case 'page-json':
      return readPageJson(visit, { source, ...rest })
    default:
      return source satisfies never
  }
}

/** The items of one saved page or file. */
export async function readSaved(saved: Saved, { source, columns }: SavedReading<Source>): Promise<Observation[]> {
  switch (source.kind) {
    case 'table':
      return readSavedTable(saved, { source, columns })
    case 'download':
      return readSavedDownload(saved, { source, columns })
    case 'page-json':
      return readSavedPageJson(saved, { source, columns })
    default:
      return source satisfies never
  }
}
