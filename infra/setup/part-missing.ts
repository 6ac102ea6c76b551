/** Something that Avizo stands on is not on this machine and could not be brought: a person must choose a remedy. */
export class PartMissing extends Error {
  override name = 'PartMissing'
  readonly remedies: string[]
  constructor(part: string, because: string, remedies: string[]) {
    super(`${part}: ${because}`)
    this.remedies = remedies
  }
}

/** One message for all that is missing, with the exact commands or settings that help. */
export function adviceFor(missing: PartMissing[], docker: boolean): string {
  const parts = missing.flatMap(({ message, remedies }) => [`  ${message}`, ...indented(remedies)])
  return [
    'Cannot go on, something is missing:',
    ...parts,
    ...(docker ? byDocker : []),
    'Then run the same command again.',
  ].join('\n')
}

const byDocker = [
  '  Or let Docker run RabbitMQ and MongoDB:',
  '      docker compose -f infra/compose.yaml up -d',
  '    and put into .env:',
  '      AMQP_URL=amqp://guest:guest@127.0.0.1:5672',
  '      MONGODB_URL=mongodb://127.0.0.1:27017/avizo?replicaSet=rs0&w=majority&journal=true',
]

function indented(remedies: string[]): string[] {
  return remedies.map((remedy, i) => `    ${i === 0 ? 'either' : 'or'} ${remedy}`)
}
