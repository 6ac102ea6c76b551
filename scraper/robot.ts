import type { BrowserContext, Page } from 'playwright-core'
import type { z } from 'zod'
import type { Observation, Proof, UnfitRow } from '#core/domain/messages.ts'
import type { Column } from '#core/domain/supplier.ts'
import type { Definition, Limits } from './definition.ts'

/** Cookies and local storage, as the browser gives them and takes them. */
export type SessionState = Awaited<ReturnType<BrowserContext['storageState']>>

/** The session that the last run left, where the definition wants it remembered; `load` gives null where there is none. */
export type SessionMemory = {
  load(): Promise<SessionState | null>
  save(state: SessionState): Promise<void>
  drop(): Promise<void>
}

/** A file that was downloaded, or an answer that a page fetched for itself. */
export type SavedFile = { name: string; bytes: Uint8Array }

/** One visit to one portal: what a robot is given, and how it tells what it does and sees. */
export type Visit = {
  /** Of the portal, without a slash at its end. */
  address: string
  columns: Column[]
  limits: Limits
  /** A browser context of its own; it is closed when the run ends, whatever happens. */
  context: BrowserContext
  /** Aborted when the run must end; pending steps in the browser then fail by themselves. */
  signal: AbortSignal
  /** Until the run must be at its end: who would wait longer fails at once, with the reason for the wait. */
  secondsLeft(): number
  /**
   * Hands the credentials out, by name, once a run, and only after the broker has confirmed `signing-in`: so a run
   * that dies in the middle of a sign-in is known as such, and none is submitted twice (P8).
   */
  credentials(): Promise<(name: string) => string>
  session: SessionMemory
  /** To be called when the portal has proved that we are signed in. */
  signedIn(): Promise<void>
  /** Does one step of the visit; its name and time are told, and a failure in it bears the name. */
  step<T>(name: string, act: () => Promise<T>): Promise<T>
  /** Takes the rows of one page, in any order of pages. */
  observe(rows: Observation[]): void
  /** Takes rows that don't fit: they are reported with the run, never dropped. */
  unfit(rows: UnfitRow[]): void
  /** Keeps picture and text of this page as what the run saw, and a file where the table came in one. */
  keep(page: Page, file?: SavedFile): Promise<void>
}

/** What `supplier save` or evidence kept of a portal: a page, opened in a browser without network, or a file. */
export type Saved = { kind: 'page'; page: Page } | { kind: 'file'; file: SavedFile }

export type Robot = {
  /** Reads a whole portal, or fails; the proofs say how it is known to be whole. */
  read(visit: Visit): Promise<Proof[]>
  /** Reads the items of one saved page or file, by the same code. */
  readSaved(saved: Saved, columns: Column[]): Promise<Observation[]>
}

/** A kind of portal: one robot that serves all suppliers on it, each with its options. */
export type Platform<O extends z.ZodType = z.ZodType> = {
  name: string
  options: O
  /** Checks the options and binds the robot to them. */
  robot(options: unknown): Robot
}

type PlatformParts<O extends z.ZodType> = {
  name: string
  options: O
  read: (visit: Visit, options: z.output<O>) => Promise<Proof[]>
  readSaved: (saved: Saved, given: { options: z.output<O>; columns: Column[] }) => Promise<Observation[]>
}

export function definePlatform<O extends z.ZodType>({ name, options, read, readSaved }: PlatformParts<O>): Platform<O> {
  return {
    name,
    options,
    robot(given) {
      const checked = options.parse(given)
      return {
        read: (visit) => read(visit, checked),
        readSaved: (saved, columns) => readSaved(saved, { options: checked, columns }),
      }
    },
  }
}

type Given = Omit<z.input<typeof Definition>, 'platform' | 'options'>

/** The definition of a supplier, with its platform's options known to the editor; it is checked when it is loaded. */
export function defineSupplier<O extends z.ZodType>(given: Given & { platform: Platform<O>; options: z.input<O> }) {
  return given
}
