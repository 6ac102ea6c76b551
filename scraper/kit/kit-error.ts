/** Something that the person at the terminal can mend; told in one line. Exit code 2: the command itself was wrong. */
export class KitError extends Error {
  override name = 'KitError'
  readonly exitCode: number
  constructor(message: string, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}

export function wrongCommand(message: string): KitError {
  return new KitError(message, 2)
}
