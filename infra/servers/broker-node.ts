import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'

export type BrokerPorts = { port: number; distPort: number; epmdPort: number }
export type Files = ReturnType<typeof filesOf>

/** Where a node keeps what. */
export function filesOf(given: string) {
  const folder = resolve(given)
  const name = `avizo-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`
  return {
    folder,
    /** Part of the path of the data, so it comes from the folder alone. */
    name,
    /** Arguments that say nothing to Erlang: by them we know our own process again, from the shell script on. */
    mark: `-avizo ${name}`,
    node: join(folder, 'broker.pid.json'),
    epmd: join(folder, 'epmd.pid.json'),
    output: join(folder, 'output.log'),
    home: join(folder, 'home'),
    config: join(folder, 'rabbitmq.conf'),
    plugins: join(folder, 'enabled_plugins'),
  }
}

export function writeFiles(files: Files, { port }: BrokerPorts): void {
  mkdirSync(files.home, { recursive: true })
  rmSync(files.output, { force: true })
  writeFileSync(files.config, configuration(port))
  writeFileSync(files.plugins, '[].\n')
  const cookie = join(files.home, '.erlang.cookie')
  if (!existsSync(cookie)) writeFileSync(cookie, randomBytes(24).toString('hex'), { mode: 0o400 })
  chmodSync(cookie, 0o400)
}

function configuration(port: number): string {
  return [
    `listeners.tcp.1 = 127.0.0.1:${port}`,
    'vm_memory_high_watermark.absolute = 512MB',
    'disk_free_limit.absolute = 50MB',
    'heartbeat = 15',
    'raft.wal_max_size_bytes = 67108864',
    'log.file.level = info',
    'log.file.rotation.size = 10485760',
    'log.file.rotation.count = 3',
    '',
  ].join('\n')
}

/** Keeps the node apart from the machine's own RabbitMQ: every file, port and name is ours, nothing is inherited. */
export function environment(
  { folder, home, name, config, plugins }: Files,
  ports: BrokerPorts,
): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    LANG: 'C.UTF-8',
    HOME: home,
    // The script then becomes the Erlang machine instead of waiting for it as a shell: one pid, and signals reach it.
    RUNNING_UNDER_SYSTEMD: 'true',
    RABBITMQ_NODENAME: `${name}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(ports.port),
    RABBITMQ_DIST_PORT: String(ports.distPort),
    ERL_EPMD_PORT: String(ports.epmdPort),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_MNESIA_BASE: join(folder, 'data'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_CONFIG_FILE: config,
    RABBITMQ_ADVANCED_CONFIG_FILE: join(folder, 'advanced.config'),
    RABBITMQ_CONF_ENV_FILE: join(folder, 'none.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: plugins,
    RABBITMQ_PID_FILE: join(folder, 'node.pid'),
    RABBITMQ_FEATURE_FLAGS_FILE: join(folder, 'feature_flags'),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: erlangArguments(),
  }
}

/** Without the first, the port between nodes listens on every address; a big machine needs no more than four threads. */
function erlangArguments(): string {
  const schedulers = Math.min(availableParallelism(), 4)
  return `-kernel inet_dist_use_interface {127,0,0,1} +S ${schedulers}:${schedulers}`
}
