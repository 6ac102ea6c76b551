/** Called between the steps of a use-case; production passes none, a test's own entry file may end the process there. */
export type At<S extends string> = (step: S) => Promise<void> | void

/** Between every two of these a kill must lose nothing: the test walks the list, so a new step is a new case. */
export const applySteps = [
  'judging',
  'claimed',
  'items-written',
  'missing-marked',
  'changes-written',
  'orders-planned',
  'planned-cleared',
  'confirmation-asked',
  'accepted',
  'claim-ended',
  'parts-dropped',
] as const
export type ApplyStep = (typeof applySteps)[number]

export const sendSteps = [
  'notice-claimed',
  'looked',
  'handed',
  'mail-accepted',
  'sent-marked',
  'told-moved',
  'closed',
] as const
export type SendStep = (typeof sendSteps)[number]

export const planSteps = ['lines-saved', 'holds-saved', 'notices-written'] as const
export type PlanStep = (typeof planSteps)[number]

export const lookSteps = ['looked-at'] as const
export type LookStep = (typeof lookSteps)[number]

export const rereadSteps = ['items-reread', 'reread-planned'] as const
export type RereadStep = (typeof rereadSteps)[number]

export type Step = RereadStep | LookStep | ApplyStep | SendStep | PlanStep
export const allSteps: readonly Step[] = [...applySteps, ...planSteps, ...sendSteps]
