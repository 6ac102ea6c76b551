import type { Download, Page, Request, Response } from 'playwright-core'

/** What comes of a click: a link may open a tab of its own, in which the download begins. */
export type Watch = Disposable & {
  download(): Download | undefined
  opened(): Page[]
  /** Where a person would look. */
  lastPage(): Page
  /** Of the tab's last document, past redirections. */
  answer(): Response | null
  /** How long nothing has been asked, answered or opened; 0 while something is still to come. */
  quietSeconds(): number
}

export function watchClick(tab: Page): Watch {
  const context = tab.context()
  const pending = new Set<Request>()
  const opened: Page[] = []
  const seen: { download?: Download; answer: Response | null; at: number } = { answer: null, at: performance.now() }
  const stir = () => void (seen.at = performance.now())
  const begin = (request: Request) => (pending.add(request), stir())
  const end = (request: Request) => (pending.delete(request), stir())
  const open = (page: Page) => (opened.push(page), stir())
  const take = (download: Download) => void (seen.download ??= download)
  const hear = (response: Response) => {
    if (isDocument(tab, response)) seen.answer = response
  }
  context.on('request', begin).on('requestfinished', end).on('requestfailed', end)
  context.on('page', open).on('download', take)
  tab.on('response', hear)
  return {
    download: () => seen.download,
    opened: () => opened,
    lastPage: () => opened.findLast((page) => !page.isClosed()) ?? tab,
    answer: () => seen.answer,
    quietSeconds: () => (pending.size > 0 ? 0 : (performance.now() - seen.at) / 1000),
    [Symbol.dispose]() {
      context.off('request', begin).off('requestfinished', end).off('requestfailed', end)
      context.off('page', open).off('download', take)
      tab.off('response', hear)
    },
  }
}

function isDocument(tab: Page, response: Response): boolean {
  const request = response.request()
  const isRedirection = response.status() >= 300 && response.status() < 400
  return request.isNavigationRequest() && request.frame() === tab.mainFrame() && !isRedirection
}
