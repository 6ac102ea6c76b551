import { z } from 'zod'
import { Code, RunId, SupplierId } from './ids.ts'
import { SupplierDeclaration } from './supplier.ts'

/** One item as one run saw it: the raw texts of its cells by column, exactly as the page said them. */
export const Observation = z.object({
  code: Code,
  ean: z.string().optional(),
  title: z.string(),
  cells: z.record(z.string(), z.string()),
  /** The whole row, where its cells could not be told apart: then there are none, and the title may be empty. */
  said: z.string().optional(),
})
export type Observation = z.infer<typeof Observation>

/** Why a run failed, by what is to be done next (FAILURES A; `scraper/failure.ts` makes them). */
export const failureKinds = [
  'login-refused',
  'blocked',
  'changed',
  'incomplete',
  'down',
  'slow',
  'interrupted',
  'not-started',
  'too-large',
  'defect',
] as const
export const FailureKind = z.enum(failureKinds)
export type FailureKind = z.infer<typeof FailureKind>

/** A row that is no item as the definition wants it: which one, and how it begins. */
export const UnfitRow = z.object({
  where: z.string(),
  said: z.string(),
  code: z.string().optional().describe('where it could be read: the item is unreadable then'),
})
export type UnfitRow = z.infer<typeof UnfitRow>

/** One thing that was checked, in words: "200 rows read = 200 announced". */
export const Proof = z.object({ what: z.string(), said: z.string() })
export type Proof = z.infer<typeof Proof>

const v = z.literal(1)
const ofRun = { v, supplier: SupplierId, run: RunId }

export const SupplierDeclared = z.object({ v, declaration: SupplierDeclaration })
export type SupplierDeclared = z.infer<typeof SupplierDeclared>

/**
 * A hurry-up that an order was put, a wish stored, a hold looked at or decided, or a supplier retired or resumed; the sweep
 * would find the same.
 */
export const WishMade = z.object({
  v,
  about: z.enum(['order', 'wish', 'hold', 'tell-again', 'supplier']),
  id: z.string(),
})
export type WishMade = z.infer<typeof WishMade>

/** `tick` is the nominal moment of the schedule; for a run that a person asked for it is absent and `run` is stored. */
export const RunDue = z.object({ ...ofRun, why: z.enum(['schedule', 'person']), tick: z.iso.datetime().optional() })
export type RunDue = z.infer<typeof RunDue>

export const RunRequested = z.object({
  ...ofRun,
  number: z.number().int().positive(),
  secondsAllowed: z.number().int().positive(),
  why: z.enum(['schedule', 'person', 'confirmation']),
})
export type RunRequested = z.infer<typeof RunRequested>

export const runSteps = ['started', 'signing-in', 'signed-in', 'reading'] as const
export const RunProgress = z.object({
  ...ofRun,
  step: z.enum(runSteps),
  pages: z.number().int().min(0),
  rows: z.number().int().min(0),
})
export type RunProgress = z.infer<typeof RunProgress>

/** Part `part` (from 1) of a run; at most 500 observations. */
export const RunObserved = z.object({
  ...ofRun,
  part: z.number().int().positive(),
  observations: z.array(Observation).min(1).max(500),
})
export type RunObserved = z.infer<typeof RunObserved>

/** The picture of the page, its text, and the file that was downloaded, secrets blanked; together at most 2 MB. */
export const RunEvidence = z.object({
  ...ofRun,
  address: z.string(),
  picture: z.string().describe('PNG or JPEG, base64').optional(),
  page: z.string().describe('html').optional(),
  file: z.object({ name: z.string(), content: z.string().describe('base64') }).optional(),
})
export type RunEvidence = z.infer<typeof RunEvidence>

const counted = { definition: z.object({ number: z.number().int(), hash: z.string() }), seconds: z.number().min(0) }

export const RunFinished = z.discriminatedUnion('outcome', [
  z.object({
    ...ofRun,
    ...counted,
    outcome: z.literal('whole'),
    rows: z.number().int().positive(),
    parts: z.number().int().positive(),
    proofs: z.array(Proof),
    /** Rows that did not fit, below the share that fails a run; the first hundred. */
    unfit: z.array(UnfitRow).max(100).optional(),
  }),
  z.object({ ...ofRun, ...counted, outcome: z.literal('failed'), failure: FailureKind, words: z.string() }),
])
export type RunFinished = z.infer<typeof RunFinished>

/** Every message by its AMQP `type`: the name without supplier. Both ends parse with the same schema. */
export const messages = {
  'supplier.declared': SupplierDeclared,
  'wish.made': WishMade,
  'run.due': RunDue,
  'run.requested': RunRequested,
  'run.progress': RunProgress,
  'run.observed': RunObserved,
  'run.evidence': RunEvidence,
  'run.finished': RunFinished,
} as const
export type MessageType = keyof typeof messages
export type MessageOf<T extends MessageType> = z.infer<(typeof messages)[T]>
