import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import type { Session, Sessions } from '../portal/sessions.ts'

export type Tokens = ReturnType<typeof makeTokens>

/** The bearer tokens that go with sessions: a page gets one when it is opened, its script shows it to the API. */
export function makeTokens() {
  const given = new WeakMap<Session, string>()
  const sessionIds = new Map<string, string>()
  return {
    of(session: Session): string {
      const token = given.get(session) ?? randomBytes(24).toString('base64url')
      given.set(session, token)
      sessionIds.set(token, session.id)
      return token
    },
    /** The session of the token that the request shows, if it is still open. */
    sessionOf(context: Context, sessions: Sessions): Session | undefined {
      const [, token = ''] = /^Bearer (.+)$/.exec(context.req.header('authorization') ?? '') ?? []
      return sessions.find(sessionIds.get(token))
    },
    forget(): void {
      sessionIds.clear()
    },
  }
}
