import type { Handed, Outdated } from './handed.ts'

/**
 * A refusal that may mean the recipient or us. Of us it is where the server took nothing since it refused another like
 * that, for one that does not want us refuses all; then it is away. Else it is of this recipient: for now at first, and as
 * long as nobody else was asked for, and as the server says where it was that before, as others were taken in between.
 * Known to this process only: who starts anew, or sends beside it, asks once more.
 */
export function makeRefusals() {
  const before = new Set<string>()
  /** The last one that was refused like that, if nothing was taken since. */
  let last: string | undefined

  return function weigh(answer: Handed | Outdated, to: string): Handed | Outdated {
    if (answer.kind === 'accepted') {
      last = undefined
      before.delete(to)
    }
    if (answer.kind !== 'refused' || !answer.mayMeanUs) return answer
    const sinceTaken = last
    last = to
    if (sinceTaken !== undefined && sinceTaken !== to) return { kind: 'not-handed', words: answer.words }
    if (sinceTaken === undefined && before.delete(to)) return answer
    before.add(to)
    return { ...answer, forGood: false }
  }
}
