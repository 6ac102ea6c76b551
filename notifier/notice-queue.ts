import PQueue from 'p-queue'
import type { Context } from './context.ts'
import type { Handed } from './handed.ts'
import { MailServerAway } from './mail-connections.ts'
import type { MailLines } from './mail-lines.ts'
import { makeRounds } from './rounds.ts'
import { sendNotice } from './send-notices.ts'
import type { Sending, Turns } from './sending.ts'

/**
 * So many are under way for each that is made ready: the others take their steps at the store. No more: what is claimed
 * long before its turn would lose its lease at a slow mail server.
 */
const underWayEach = 3

export type QueueParts = {
  sending: Omit<Sending, keyof Turns>
  lines: MailLines
  connections: number
  perMinute?: number
  /** What waits for its turn then is let go, and is due for whoever sends next; what is on its way goes on. */
  stopping: AbortSignal
}

/** Notices that this process sends: some at a time, as many in a minute as the mail server takes. */
export function makeNoticeQueue(context: Context, { sending, lines, connections, perMinute, stopping }: QueueParts) {
  const rate = perMinute === undefined ? {} : { intervalCap: perMinute, interval: 60_000, carryoverIntervalCount: true }
  const queue = new PQueue({ concurrency: connections * underWayEach, ...rate })
  const underWay = new Set<string>()
  const rounds = makeRounds(context)
  const { rest, ahead, next } = lines
  const turns = { ahead, waited, next, isAway: rest.isOn, withLine: lines.lend }

  // The queue's own way to stop would take those that are on their way for done.
  stopping.addEventListener('abort', () => queue.clear(), { once: true })

  function waited(tooLong: boolean): void {
    lines.waited(tooLong)
    queue.concurrency = lines.mostAhead() * underWayEach
  }

  async function begin(id: string): Promise<void> {
    underWay.add(id)
    // What it rejects with is that it was cleared.
    await queue.add(() => sendOne(id)).catch(() => {})
    underWay.delete(id)
  }

  async function sendOne(id: string): Promise<void> {
    if (stopping.aborted || rest.justBegan()) return
    try {
      const handed = await sendNotice(context, { sending: { ...sending, ...turns }, rounds }, id)
      if (handed !== null && isOfOne(handed)) await rest.end()
    } catch (error) {
      if (stopping.aborted && isOfStop(error)) return
      if (error instanceof MailServerAway) await rest.begin(error).catch(trouble)
      else trouble(error)
    }
  }

  function trouble(error: unknown): void {
    context.troubles.met(error, 'sending met an error; it goes on')
  }

  return {
    size: () => underWay.size,
    /** Takes those that it has not taken yet; each is done when it has gone, or was let go. */
    add(ids: string[]): Promise<void>[] {
      if (underWay.size === 0) queue.concurrency = connections * underWayEach
      const fresh = stopping.aborted ? [] : ids.filter((id) => !underWay.has(id))
      return fresh.map(begin)
    },
    /** Until so few wait for their turn; until all have gone. */
    fewWait: (count: number) => queue.onSizeLessThan(count),
    idle: () => queue.onIdle(),
  }
}

/** The server answered for this very message: one that greets only, or refuses whoever comes, may be away still. */
function isOfOne(handed: Handed): boolean {
  return handed.kind === 'accepted' || (handed.kind === 'refused' && !handed.mayMeanUs)
}

/** Let go while it waited for its turn, or cut off from a mail server that hung. */
function isOfStop(error: unknown): boolean {
  return error instanceof MailServerAway || (error instanceof Error && error.name === 'AbortError')
}
