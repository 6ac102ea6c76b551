import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { nobody } from './folder.ts'
import type { Programs } from './programs.ts'
import { startServer } from './server.ts'

/** Takes mails by LMTP at the port and keeps them in `maildirs/<local part>`, whoever they are to. */
export async function startDovecot(
  folder: string,
  { programs, port, signal }: { programs: Programs; port: number; signal: AbortSignal },
): Promise<void> {
  const file = join(folder, 'dovecot.conf')
  writeFileSync(file, configuration(folder, port))
  await startServer({ name: 'dovecot', folder, command: programs.dovecot, args: ['-F', '-c', file], port, signal })
}

/** Root is refused as a user of mail, and `nobody` would be: its number is above those of people. */
function configuration(folder: string, port: number): string {
  return `
base_dir = ${folder}/dovecot
state_dir = ${folder}/dovecot
log_path = ${folder}/dovecot.log
protocols = lmtp
listen = 127.0.0.1
ssl = no
mail_location = maildir:${folder}/maildirs/%n
first_valid_uid = ${nobody}
first_valid_gid = ${nobody}
userdb {
  driver = static
  args = uid=${nobody} gid=${nobody} home=${folder}/maildirs/%n allow_all_users=yes
}
passdb {
  driver = static
  args = nopassword=y
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${port}
  }
}
`
}
