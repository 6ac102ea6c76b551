import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import type { Command } from 'commander'
import type { Sent } from '#core/domain/sent-line.ts'
import { readSent } from '#core/domain/sent-line.ts'
import type { Json } from '../client.ts'
import { ApiError } from '../client.ts'
import type { Hand } from '../program.ts'
import { show, tellProgress, withJson } from '../show.ts'

const atOnce = 500
const longestLookMs = 600_000

export function addRestored(program: Command, hand: Hand): void {
  withJson(program.command('restored <logs...>'))
    .description(
      "after a backup was restored, with sending on hold: learns from the notifier's logs what was mailed since, and puts what would be mailed now into one hold",
    )
    .action(async (logs: string[], { json }: { json?: boolean }) => restored(hand, logs, json))
}

async function restored(hand: Hand, logs: string[], json: boolean | undefined): Promise<void> {
  const out = json ? { write: () => {} } : hand.out
  const sent = (await Promise.all(logs.map(sentIn))).flat().sort((a, b) => a.at.localeCompare(b.at))
  if (sent.length === 0)
    throw new ApiError(`No line in ${logs.join(', ')} tells of a mail. Are they the notifier's logs?`)
  const first = await tell(hand, sent)
  out.write(`${sent.length} mails in the logs: ${first.caughtUp} went after the backup and count as told, ${first.known} it knew; ${first.unknownOrders} are of orders that it does not have: have the shop put those again, then run this once more.\n`) // prettier-ignore
  const looked = await lookAndHold({ ...hand, out })
  // What a mail told of a line counts once the line was looked at.
  const { unknownLines } = first.unknownLines > 0 ? await tell(hand, sent) : first
  if (unknownLines > 0)
    out.write(`${unknownLines} mails tell of lines that their orders do not have: have the shop put those again, then run this once more.\n`) // prettier-ignore
  const held = first.unknownLines > 0 ? await lookAndHold({ ...hand, out }) : looked
  show(hand, { ...first, unknownLines, ...held }, { json, say: () => sayHeld(held) })
}

function sayHeld({ hold, notices, customers }: Json): string {
  if (notices === 0) return 'Nothing would be mailed. Then: npm run avizo -- sending live'
  return `${notices} notices for ${customers} customers wait in ${hold}. See it, approve or waive it, then: npm run avizo -- sending live`
}

async function tell(hand: Hand, sent: Sent[]) {
  const progress = tellProgress(hand, sent.length, 'mails')
  const total = { caughtUp: 0, known: 0, unknownOrders: 0, unknownLines: 0 }
  for (let start = 0; start < sent.length; start += atOnce) {
    const counts = await hand.client.post('/v1/restored/sent', { sent: sent.slice(start, start + atOnce) })
    for (const name of ['caughtUp', 'known', 'unknownOrders', 'unknownLines'] as const) total[name] += counts[name]
    progress.at(Math.min(start + atOnce, sent.length))
  }
  progress.wipe()
  return total
}

async function lookAndHold({ client, out }: Hand) {
  const { orders } = await client.post('/v1/restored/look')
  out.write(`${orders} orders are looked at anew …\n`)
  return afterLook(client)
}

async function sentIn(file: string): Promise<Sent[]> {
  const sent: Sent[] = []
  const input = createReadStream(file)
  try {
    await once(input, 'open')
  } catch (error) {
    throw new ApiError(`${file} cannot be read (${(error as Error).message}).`)
  }
  for await (const line of createInterface({ input })) {
    const found = readSent(line)
    if (found !== null) sent.push(found)
  }
  return sent
}

/** The notifier looks at them one after the other; until then the API asks for patience. */
async function afterLook(client: Hand['client']) {
  const end = Date.now() + longestLookMs
  for (;;) {
    try {
      return await client.post('/v1/restored/hold')
    } catch (error) {
      if (!(error instanceof ApiError) || !error.message.includes('wait for their look') || Date.now() > end)
        throw error
    }
    await wait(1_000)
  }
}
