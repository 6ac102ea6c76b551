import type { Incoming } from '#core/broker/consume.ts'
import { NotPublished } from '#core/broker/publish.ts'
import type { Publish } from '#core/broker/publish.ts'
import { SupplierId } from '#core/domain/ids.ts'
import type { MessageOf, MessageType, RunFinished } from '#core/domain/messages.ts'
import { messages } from '#core/domain/messages.ts'

export type Said = { type: MessageType; id: string; body: never }

/** Stands for the broker's channel: keeps what is published, after its schema, and can break at a given message. */
export function makeRecorder({ breaksAt = () => false }: { breaksAt?: (id: string) => boolean } = {}) {
  const said: Said[] = []
  const publish: Publish = async (type, { body, id }) => {
    if (breaksAt(id)) throw new NotPublished(`${type}: channel closed`)
    said.push({ type, id, body: JSON.parse(JSON.stringify(messages[type].parse(body))) as never })
  }
  const of = <T extends MessageType>(type: T) =>
    said.filter((one) => one.type === type).map(({ body }) => body as MessageOf<T>)
  return {
    said,
    publish,
    of,
    steps: () => of('run.progress').map(({ step }) => step),
    finished(): RunFinished {
      const [finished, ...more] = of('run.finished')
      if (finished === undefined || more.length > 0)
        throw new Error(`expected one run.finished, met ${more.length + 1}`)
      return finished
    },
    failed(): Extract<RunFinished, { outcome: 'failed' }> {
      const finished = this.finished()
      if (finished.outcome !== 'failed') throw new Error('expected a failed run, met a whole one')
      return finished
    },
  }
}

type Wish = { publish: Publish; supplier?: string; redelivered?: boolean; secondsAllowed?: number }

export const run = 'demo-20261121T0800Z'

export function request({ publish, supplier = 'demo', redelivered = false, secondsAllowed = 60 }: Wish): Incoming {
  const head = { v: 1 as const, supplier: SupplierId.parse(supplier), run }
  const body = { ...head, number: 1, secondsAllowed, why: 'schedule' as const }
  return { type: 'run.requested', id: run, body, redelivered, publish }
}

/** Takes log lines instead of a logger. */
export function makeLog() {
  const lines: { level: string; text: string; fields: object }[] = []
  const at = (level: string) => (fields: object, text: string) => {
    lines.push({ level, text, fields })
  }
  return { lines, info: at('info'), warn: at('warn'), debug: at('debug') }
}
