import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Session, Sessions } from './sessions.ts'

export type Visits = ReturnType<typeof makeVisits>

/** The session of whoever asks, kept in a cookie. */
export function makeVisits({ sessions, cookieName }: { sessions: Sessions; cookieName: string }) {
  const shape = { path: '/', httpOnly: true, sameSite: 'Lax' } as const
  return {
    current: (context: Context): Session | undefined => sessions.find(getCookie(context, cookieName)),
    /** The session of the visitor, opened where there is none. */
    open(context: Context): Session {
      const session = this.current(context) ?? sessions.open(null)
      this.keep(context, session)
      return session
    },
    keep(context: Context, { id }: Session): void {
      setCookie(context, cookieName, id, { ...shape, maxAge: sessions.maxAgeSeconds })
    },
    /** Ends the session; the browser still has its cookie. */
    end(context: Context): void {
      sessions.drop(getCookie(context, cookieName) ?? '')
    },
    forget(context: Context): void {
      setCookie(context, cookieName, '', { ...shape, maxAge: 0 })
    },
    /** A session id is never carried over a sign-in. */
    signIn(context: Context, user: string): Session {
      this.end(context)
      const session = sessions.open(user)
      this.keep(context, session)
      return session
    },
    wasHere: (context: Context): boolean => getCookie(context, cookieName) !== undefined,
  }
}
