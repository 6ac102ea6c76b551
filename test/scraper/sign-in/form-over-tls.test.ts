import assert from 'node:assert/strict'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import { createSecureServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import type { OpenBrowser } from '#scraper/browser.ts'
import { contextOptions } from '#scraper/browser.ts'
import { makeTestBrowsers } from '#test/scraper/a-browser.ts'
import { makeCertificate } from './a-certificate.ts'
import { loginForm, page } from './a-portal.ts'
import { plainForm, trySignIn } from './a-sign-in.ts'

let browsers: Awaited<ReturnType<typeof makeTestBrowsers>>
before(async () => {
  browsers = await makeTestBrowsers()
})
after(() => browsers.clear())

type Hearing = AsyncDisposable & { url: string; heard: string[] }

/** Over TLS, and able to speak HTTP/2; hangs up on what is posted, as a portal does that restarts at that moment. */
async function serveHangingUp(): Promise<Hearing> {
  const heard: string[] = []
  const server = createSecureServer({ ...makeCertificate(), allowHTTP1: true })
  server.on('request', (request: Http2ServerRequest, response: Http2ServerResponse) => {
    heard.push(`${request.method} HTTP/${request.httpVersion}`)
    request.resume()
    const hangUp = () => (request.httpVersion === '2.0' ? request.stream.session : request.socket)?.destroy()
    if (request.method === 'POST') request.on('end', hangUp)
    else response.end(page(loginForm.html))
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const sockets = new Set<{ destroy(): void }>()
  server.on('secureConnection', (socket) => sockets.add(socket))
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

/** As `share` does, for a certificate of our own. */
const trustingAll: OpenBrowser = async (wish) => {
  const whole = await browsers.open(wish)
  const context = await whole.context.browser()?.newContext({ ...contextOptions(wish), ignoreHTTPSErrors: true })
  return context ? { ...whole, context } : whole
}

test('a portal that speaks HTTP/2 and hangs up on the submit is down, and Chromium does not submit again by itself', async () => {
  await using portal = await serveHangingUp()
  const { failure } = await trySignIn({ open: trustingAll, address: portal.url, signIn: plainForm() })
  assert.deepEqual([failure?.kind, failure?.message], ['down', 'the portal broke the connection'])
  const posts = portal.heard.filter((one) => one.startsWith('POST'))
  assert.deepEqual(posts, ['POST HTTP/1.1'])
})
