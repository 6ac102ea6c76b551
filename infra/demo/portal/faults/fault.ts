import type { Day } from '#core/domain/availability.ts'
import type { InsteadName } from '../answers.ts'
import type { DemoItem } from '../items.ts'
import type { Column, Listing, Row } from '../table.ts'
import type { Tongue } from '../tongue.ts'

export type PortalName = 'tokimi' | 'hurtownia' | 'kontor' | 'northpine'

/** What is asked for: a form of the sign-in, a submit of the password, the table (or its data), the page around it. */
export type What = 'sign-in' | 'submit' | 'list' | 'table' | 'other'
/** A request, as the moods see it; `page` counts the pages of the table from 1. */
export type Asked = { what: What; page: number }

/** Which requests a mood bites; one that says nothing bites all, until it is cleared. */
export type Bites = { at?: readonly What[]; page?: number; fromPage?: number; times?: number }

/** Numbers of `shared/FAILURES.md`, parts A and B. */
export type FailureMode =
  `F${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16 | 17 | 18 | 19 | 20 | 21 | 22 | 23}`

/** What a mood may look at: the portal's language, its first day, and the items that it is to bite. */
export type World = {
  portal: PortalName
  tongue: Tongue
  start: Day
  company: string
  /** Which request this is, counted since the mood was set. */
  request: number
  /** Whether the item is the one, or one of the few, that a mood of texts changes. */
  isOne(item: DemoItem): boolean
  isSome(item: DemoItem): boolean
}

/** How a sign-in with the right credentials ends. */
export type SignInMood = 'refused' | 'locked' | 'password-expired' | 'ignored' | 'code-refused'

/** Where a mood bites; what it leaves out works as always. The control face and the office never fail. */
export type Fault = {
  about: string
  failures: readonly FailureMode[]
  portals: readonly PortalName[]
  bites?: Bites
  /** What is answered instead. */
  instead?: InsteadName
  /** What happens to the session: it ends before the answer, or its cookie is taken away with it. */
  session?: 'ends' | 'cookie-dropped'
  signIn?: SignInMood
  /** The answer begins so much later. */
  waitsMs?: number
  /** What the portal has in stock and says of it. */
  items?(items: DemoItem[], world: World): DemoItem[]
  /** What becomes of a page of the table. */
  listing?(listing: Listing, world: World): Listing
  columns?(columns: Column[], world: World): Column[]
  rows?(rows: Row[], world: World): Row[]
  /** What becomes of the text of an answer (HTML or JSON). */
  page?(text: string, world: World): string
  /** How the bytes of the answer travel. */
  travels?: 'in-drops' | 'cut-off' | 'as-windows-1250'
}

export const everywhere = ['tokimi', 'hurtownia', 'kontor', 'northpine'] as const satisfies PortalName[]
export const inPages = ['tokimi', 'hurtownia', 'northpine'] as const satisfies PortalName[]
export const inHtml = ['tokimi', 'hurtownia'] as const satisfies PortalName[]
export const inTables = ['tokimi', 'hurtownia', 'kontor'] as const satisfies PortalName[]

/** The page on which the table stands, or is asked for. */
export const tablePage = { at: ['table', 'list'] } as const satisfies Bites
