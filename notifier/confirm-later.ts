import { runIdOfMoment } from '#core/domain/ids.ts'
import type { NumberedRun } from './apply-run.ts'
import type { Context } from './context.ts'
import { requestNext } from './request-run.ts'

/**
 * Asks for the run that is to read again what this one read: at most one for each, whoever asks and however often, since
 * its id is made of the run's. It waits in the store, so a kill loses nothing: the timer is only quicker than the sweep.
 */
export async function confirmLater(context: Context, run: NumberedRun): Promise<void> {
  const { store, now, log } = context
  const supplier = await store.suppliers.get(run.supplier)
  if (supplier === null || supplier.declaration.confirm !== 'second-run' || supplier.paused !== null) return
  const id = idOf(run)
  if ((await store.runs.get(id)) !== null) return
  const pauseMs = supplier.declaration.confirmAfterSeconds * 1000
  const notBefore = new Date(now().getTime() + pauseMs)
  const waiting = await store.runs.propose({ id, supplier: run.supplier, why: 'confirmation', notBefore })
  if (waiting.id !== id) return
  log.info({ run: id }, `${run.supplier}: what is new is read again in ${pauseMs / 1000} s`)
  const atOnce = () => {
    requestNext(context, run.supplier).catch((error: unknown) =>
      log.debug({ err: error }, 'a confirming run could not be requested; the sweep requests it'),
    )
  }
  setTimeout(atOnce, pauseMs + 10).unref()
}

function idOf({ supplier, requestedAt, number }: NumberedRun) {
  const place = (number % 36 ** 3).toString(36).padStart(3, '0')
  return runIdOfMoment(supplier, requestedAt, `c${place}`)
}
