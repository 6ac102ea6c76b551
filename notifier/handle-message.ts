import type { Incoming, Verdict } from '#core/broker/consume.ts'
import { done } from '#core/broker/consume.ts'
import { NotPublished } from '#core/broker/publish.ts'
import { isStoreTrouble } from '#core/store/mongo.ts'
import { ClaimLost } from './apply-run.ts'
import { takeEvidence, takeFinish, takePart, takeProgress } from './collect-run.ts'
import { attendHold } from './attend-holds.ts'
import type { Context } from './context.ts'
import { takeDeclaration } from './declare-supplier.ts'
import { lookAtOrders } from './look-at-orders.ts'
import { planRetired } from './plan-retired.ts'
import { tellAgain } from './tell-again.ts'
import { takeProposal } from './request-run.ts'

/** Does what a message says; what is away is waited for, what cannot be done is parked with its reason (P9). */
export async function handleMessage(context: Context, message: Incoming): Promise<Verdict> {
  try {
    await act(context, message)
    return done
  } catch (error) {
    if (isStoreTrouble(error)) return { kind: 'again', because: `the store is away (${nameOf(error)})` }
    if (error instanceof NotPublished) return { kind: 'again', because: error.message }
    if (error instanceof ClaimLost) return done
    context.log.error({ err: error, message: message.id }, `${message.type} cannot be processed`)
    return { kind: 'park', because: nameOf(error) }
  }
}

async function act(context: Context, message: Incoming): Promise<void> {
  switch (message.type) {
    case 'supplier.declared':
      return takeDeclaration(context, message.body.declaration)
    case 'run.due':
      return takeProposal(context, message.body)
    case 'run.progress':
      return takeProgress(context, message.body)
    case 'run.observed':
      return takePart(context, message.body)
    case 'run.finished':
      return takeFinish(context, message.body)
    case 'run.evidence':
      return takeEvidence(context, message.body)
    case 'wish.made':
      if (message.body.about === 'hold') return attendHold(context, message.body.id)
      if (message.body.about === 'tell-again') return tellAgain(context, message.body.id)
      if (message.body.about === 'supplier') return planRetired(context)
      await lookAtOrders(context, message.body.about === 'order' ? [message.body.id] : [])
      return
    case 'run.requested':
      throw new Error('a request for the scraper came to the notifier')
    default:
      return message satisfies never
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
