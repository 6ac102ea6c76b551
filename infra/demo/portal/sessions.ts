import { randomBytes } from 'node:crypto'

/** A visitor's stay, known by a cookie; `user` is null until the sign-in. */
export type Session = { id: string; csrf: string; user: string | null; expiresAt: number }
export type Sessions = ReturnType<typeof makeSessions>

/** Sessions end when they were not used for `minutes`; a restart of the portal ends all. */
export function makeSessions({ now, minutes }: { now: () => Date; minutes: number }) {
  const sessions = new Map<string, Session>()
  const end = () => now().getTime() + minutes * 60_000
  return {
    maxAgeSeconds: minutes * 60,
    open(user: string | null): Session {
      forgetExpired(sessions, now())
      const session = { id: token(), csrf: token(), user, expiresAt: end() }
      sessions.set(session.id, session)
      return session
    },
    /** The session of a cookie, prolonged; undefined where it is unknown or has ended. */
    find(id: string | undefined): Session | undefined {
      const session = id === undefined ? undefined : sessions.get(id)
      if (!session || session.expiresAt <= now().getTime()) return undefined
      session.expiresAt = end()
      return session
    },
    /** Whether somebody is signed in with this account, here or on another machine. */
    isOpenFor(user: string): boolean {
      forgetExpired(sessions, now())
      return [...sessions.values()].some((session) => session.user === user)
    },
    dropUser(user: string): void {
      for (const session of sessions.values()) if (session.user === user) sessions.delete(session.id)
    },
    drop(id: string): void {
      sessions.delete(id)
    },
    dropAll(): void {
      sessions.clear()
    },
  }
}

function forgetExpired(sessions: Map<string, Session>, moment: Date): void {
  for (const session of sessions.values()) if (session.expiresAt <= moment.getTime()) sessions.delete(session.id)
}

function token(): string {
  return randomBytes(18).toString('base64url')
}
