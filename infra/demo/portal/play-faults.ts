import { setTimeout as wait } from 'node:timers/promises'
import type { Context, MiddlewareHandler } from 'hono'
import type { Answers } from './answers.ts'
import type { Asked, Fault, World } from './faults/fault.ts'
import type { Env, Stage } from './stage.ts'
import { asWindows1250, cutOff, inDrops } from './travel.ts'

type Parts = {
  stage: Stage
  describe: (context: Context) => Asked
  answers: Answers
  /** Where a session is known by more than its cookie. */
  endVisit?: (context: Context) => void
}

/** Lets the mood of the moment bite a request: in place of the answer, before it, or on its way out. */
export function playFaults({ stage, describe, answers, endVisit = stage.visits.end }: Parts): MiddlewareHandler<Env> {
  return async (context, next) => {
    const asked = describe(context)
    if (asked.what === 'submit') stage.logins.attempts += 1
    const fault = stage.faultSwitch.bite(asked)
    const world = stage.world()
    context.set('fault', fault)
    context.set('world', world)
    const delay = stage.latencyMs + (fault.waitsMs ?? 0)
    if (delay > 0) await wait(delay)
    if (fault.instead) return answers[fault.instead](context)
    if (fault.session === 'ends') endVisit(context)
    await next()
    if (fault.session === 'cookie-dropped') {
      context.res.headers.delete('set-cookie')
      stage.visits.forget(context)
    }
    if (fault.page || fault.travels) await retell(context, fault, world)
    return undefined
  }
}

/** Sends the answer that was made in another form. */
async function retell(context: Context, fault: Partial<Fault>, world: World): Promise<void> {
  const made = context.res
  const isText = /html|json/.test(made.headers.get('content-type') ?? '')
  if (!isText && fault.travels !== 'cut-off' && fault.travels !== 'in-drops') return
  const body = isText ? Buffer.from(changed(await made.text(), fault, world)) : Buffer.from(await made.arrayBuffer())
  const headers = new Headers(made.headers)
  headers.delete('content-length')
  context.res = undefined
  context.res = new Response(travelling(body, fault.travels), { status: made.status, headers })
}

function changed(text: string, fault: Partial<Fault>, world: World): string {
  return fault.page?.(text, world) ?? text
}

function travelling(body: Buffer<ArrayBuffer>, travels: Fault['travels']): BodyInit {
  switch (travels) {
    case 'in-drops':
      return inDrops(body)
    case 'cut-off':
      return cutOff(body)
    case 'as-windows-1250':
      return asWindows1250(body)
    default:
      return body
  }
}
