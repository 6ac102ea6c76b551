import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../../setup/run.ts'
import type { Programs } from './programs.ts'
import { startServer } from './server.ts'

type Given = { programs: Programs; port: number; lmtpPort: number; signal: AbortSignal }

/** Takes mails at the port as a shop's mail server does, and delivers all of them by LMTP. */
export async function startPostfix(folder: string, { programs, port, lmtpPort, signal }: Given): Promise<void> {
  const own = join(folder, 'postfix')
  for (const name of ['', 'queue']) mkdirSync(join(own, name))
  writeFileSync(join(own, 'main.cf'), mainOf(own, lmtpPort))
  writeFileSync(join(own, 'master.cf'), masterOf(port))
  // Makes what folders of the queue are missing, each with its owner.
  await run(programs.postfix, ['-c', own, 'check'], { signal })
  const { stdout } = spawnSync(programs.postconf, ['-c', own, '-h', 'daemon_directory'], { encoding: 'utf8' })
  // Without `postfix start`, whose script stands between us and the server, and hands no signal on.
  const command = join(stdout.trim(), 'master')
  await startServer({ name: 'postfix', folder, command, args: ['-c', own, '-s'], port, signal })
}

/** Every domain is its own, every address exists, and no name is looked up. */
function mainOf(own: string, lmtpPort: number): string {
  return `
compatibility_level = 3.6
config_directory = ${own}
queue_directory = ${own}/queue
data_directory = ${own}/data
maillog_file = ${own}/mail.log
maillog_file_prefixes = ${own}
myhostname = mx.proof.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
local_recipient_maps =
relay_domains = static:all
relay_recipient_maps =
transport_maps = static:lmtp:inet:127.0.0.1:${lmtpPort}
default_transport = lmtp:inet:127.0.0.1:${lmtpPort}
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_peername_lookup = no
lmtp_host_lookup = native
disable_dns_lookups = yes
smtpd_tls_security_level = none
`
}

/** The services that a mail passes, none of them in a jail, and those that postfix does not start without. */
function masterOf(port: number): string {
  return `
127.0.0.1:${port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`
}
