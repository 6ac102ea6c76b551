import type { Proof, UnfitRow } from '#core/domain/messages.ts'
import { PortalChanged } from '#scraper/failure.ts'

/** Rows that don't fit fail the run beyond a share of all; below it they are told one by one. */
export function judgeUnfit(unfit: UnfitRow[], { rows, share }: { rows: number; share: number }): Proof[] {
  if (unfit.length === 0) return []
  const met = `${unfit.length} of ${rows} rows ${unfit.length === 1 ? 'does' : 'do'} not fit`
  const first = unfit.slice(0, 3).map(({ where, said }) => `${where}: "${said}"`)
  if (unfit.length > rows * share) {
    throw new PortalChanged(`${met}, more than the ${share * 100} % that the definition allows: ${first.join('; ')}`)
  }
  return [{ what: 'rows that do not fit', said: `${met}, and are reported: ${first.join('; ')}` }]
}
