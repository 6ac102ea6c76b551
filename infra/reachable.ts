import { connect } from 'node:net'

const seconds = 8

/** Servers that are given must answer now; one that does not is named, with what was tried. */
export async function demandReachable(urls: Record<string, string | undefined>): Promise<void> {
  const problems = await Promise.all(
    Object.entries(urls).flatMap(([name, url]) => (url ? hostsOf(url).map((host) => problemOf(name, host)) : [])),
  )
  const found = problems.flat()
  if (found.length === 0) return
  throw new Error(`Cannot reach what the settings name:\n${found.map((problem) => `  ${problem}`).join('\n')}`)
}

type Host = { host: string; port: number }

/** `mongodb://a:1,b:2/…` names several hosts; behind `mongodb+srv` they are found by DNS, which its driver asks. */
function hostsOf(url: string): Host[] {
  const [, protocol = '', authority = ''] = /^([a-z+]+):\/\/(?:[^@/]*@)?([^/?]+)/.exec(url) ?? []
  const standard = { amqp: 5672, amqps: 5671, mongodb: 27_017 }[protocol]
  if (!standard) return []
  return authority.split(',').map((part) => {
    const [, host = part, port] = /^(.*?)(?::(\d+))?$/.exec(part) ?? []
    return { host: host.replace(/^\[|\]$/g, ''), port: port ? Number(port) : standard }
  })
}

function problemOf(name: string, { host, port }: Host): Promise<string[]> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: seconds * 1000 })
    const end = (problem?: string) => {
      socket.destroy()
      resolve(problem ? [`${name}: ${host}:${port} ${problem}`] : [])
    }
    socket.once('connect', () => end())
    socket.once('timeout', () => end(`does not answer within ${seconds} s`))
    socket.once('error', (error: NodeJS.ErrnoException) => end(`cannot be reached (${error.code ?? error.message})`))
  })
}
