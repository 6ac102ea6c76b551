import type { Dialog, Page } from 'playwright-core'
import type { Visit } from '#scraper/robot.ts'
import type { DialogObstacle, SignInObstacle } from './sign-in.ts'
import { normalised } from './words.ts'

/** What a page says and does beside its content and its requests. */
export type Around = Disposable & {
  /** Texts of alerts and of questions answered no, since the last call. */
  dialogs(): string[]
  forgetDialogs(): void
  /** A socket was opened: what goes through it is not seen as a request. */
  hasSocket(): boolean
}

type Listening = { visit: Pick<Visit, 'step'>; obstacles: SignInObstacle[] }

/** Questions are answered no, but for those that the definition knows; each of these is answered yes once. */
export function listenAround(tab: Page, { visit, obstacles }: Listening): Around {
  const seen = { dialogs: [] as string[], socket: false }
  const known = new Set(obstacles.filter((one) => 'dialog' in one))
  const answer = async (dialog: Dialog): Promise<void> => {
    // To leave the page is what a submit does.
    if (dialog.type() === 'beforeunload') return dialog.accept()
    const obstacle = [...known].find((one) => isMeant(one, dialog))
    if (obstacle) {
      known.delete(obstacle)
      return visit.step(`obstacle "${obstacle.name}"`, () => dialog.accept())
    }
    seen.dialogs.push(dialog.message())
    return dialog.dismiss()
  }
  const hear = (dialog: Dialog) => void answer(dialog).catch(() => {}) // It ends with its page.
  const connect = () => (seen.socket = true)
  tab.on('dialog', hear).on('websocket', connect)
  return {
    dialogs: () => seen.dialogs,
    forgetDialogs: () => void seen.dialogs.splice(0),
    hasSocket: () => seen.socket,
    [Symbol.dispose]() {
      tab.off('dialog', hear).off('websocket', connect)
    },
  }
}

function isMeant({ dialog: words }: DialogObstacle, dialog: Dialog): boolean {
  return normalised(dialog.message()).includes(normalised(words))
}
