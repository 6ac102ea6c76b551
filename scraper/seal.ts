import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify<string, Buffer, number, Buffer>(scrypt)

/** `id` is bound in: a file that is renamed to another supplier's opens no more than a damaged one. */
type Lock = { key: string; id: string }

const mark = Buffer.from('avizo 1\n')
const lengths = { salt: 16, iv: 12, tag: 16 }

/** AES-256-GCM by a key that is derived anew for each file. */
export async function seal(text: string, { key, id }: Lock): Promise<Buffer> {
  const salt = randomBytes(lengths.salt)
  const iv = randomBytes(lengths.iv)
  const cipher = createCipheriv('aes-256-gcm', await derive(key, salt, 32), iv).setAAD(Buffer.from(id))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([mark, salt, iv, cipher.getAuthTag(), sealed])
}

/** Null where it is damaged, or was sealed with another key or for somebody else. */
export async function unseal(bytes: Buffer, { key, id }: Lock): Promise<string | null> {
  if (!bytes.subarray(0, mark.length).equals(mark)) return null
  let at = mark.length
  const take = (length: number) => bytes.subarray(at, (at += length))
  const [salt, iv, tag] = [take(lengths.salt), take(lengths.iv), take(lengths.tag)]
  if (tag.length < lengths.tag) return null
  const derived = await derive(key, salt, 32)
  try {
    const decipher = createDecipheriv('aes-256-gcm', derived, iv).setAAD(Buffer.from(id)).setAuthTag(tag)
    return decipher.update(bytes.subarray(at), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    return null // The tag does not fit.
  }
}
