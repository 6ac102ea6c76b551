import { Binary } from 'mongodb'
import type { Notice } from '#core/domain/notice.ts'

export type NoticeDocument = Omit<Notice, 'id'> & {
  _id: string
  /** Not judged yet together with what comes with it: nobody sends it before (P5). */
  unjudged?: true
  fence: number
  claim?: { owner: string; until: Date; hand?: number }
  /** Ended, but the order's `closed` may not have risen yet: the sweep repeats that step. */
  closing?: true
}

export function toNotice(document: NoticeDocument): Notice {
  const { _id, fence: _fence, claim: _claim, closing: _closing, unjudged: _unjudged, message, ...rest } = document
  if (message === undefined) return { id: _id, ...rest }
  const raw = message.raw instanceof Binary ? message.raw.buffer : message.raw
  return { id: _id, ...rest, message: { ...message, ...(raw && { raw }) } }
}

/** Being sent by somebody who is gone: the lease is over. */
export const leaseOver = { state: 'sending' as const, $expr: { $lt: ['$claim.until', '$$NOW'] } }

/** Owner of a notice that rests in the window until its lease is over. */
export const nobody = 'nobody'
/** In the middle of being sent, and nobody is at it: it may be put under a hold. */
export const leftInSending = { state: 'sending' as const, $or: [{ 'claim.owner': nobody }, { $expr: leaseOver.$expr }] }
