type Over = { kind: string; subject: string; openedAt: Date }

/** The line that a log has of a trouble that is over, whoever finds it so. */
export function sayOver({ kind, subject, openedAt }: Over, moment: number): string {
  return `${subject}: ${kind} is over after ${Math.round((moment - openedAt.getTime()) / 60_000)} min`
}
