/** How long sending rests after trouble, the first time; tests are less patient. */
export type Pauses = {
  /** After a refusal for now. */
  refusedMs: number
  /** After an answer that was lost. */
  windowSeconds: number
  /** After a connection that did not come about, or broke before the message was handed over: this notice, and all. */
  awayMs: number
  restMs: number
}

export const usualPauses: Pauses = { refusedMs: 15_000, windowSeconds: 5, awayMs: 5_000, restMs: 1_000 }
