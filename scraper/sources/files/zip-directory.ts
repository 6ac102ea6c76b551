import { crc32, inflateRawSync } from 'node:zlib'
import { Incomplete, PortalChanged, TooLarge } from '#scraper/failure.ts'

type Entry = { name: string; method: number; crc: number; packed: number; unpacked: number; offset: number }

/** Checks a zip against its own directory before anything of it is read: small files can unpack to gigabytes. */
export function checkZip(bytes: Uint8Array, mostBytes: number): void {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let left = mostBytes
  for (const entry of entriesOf(zip)) {
    left -= entry.unpacked
    if (left < 0) throw tooLarge(mostBytes)
    checkEntry(zip, entry)
  }
}

function tooLarge(mostBytes: number): TooLarge {
  const limit = Math.round(mostBytes / 1_000_000)
  return new TooLarge(`the workbook unpacks to more than ${limit} MB; raise pageMegabytes in the definition's limits`)
}

function cut(): Incomplete {
  return new Incomplete('the workbook has no end: it was cut')
}

function entriesOf(zip: Buffer): Entry[] {
  const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'))
  if (end === -1 || end + 22 > zip.length) throw cut()
  const entries: Entry[] = []
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const { entry, next } = entryAt(zip, at)
    entries.push(entry)
    at = next
  }
  return entries
}

function entryAt(zip: Buffer, at: number): { entry: Entry; next: number } {
  if (at + 46 > zip.length || zip.readUInt32LE(at) !== 0x02014b50) throw cut()
  const nameEnd = at + 46 + zip.readUInt16LE(at + 28)
  const extraEnd = nameEnd + zip.readUInt16LE(at + 30)
  if (extraEnd > zip.length) throw cut()
  const short = { unpacked: at + 24, packed: at + 20, offset: at + 42 }
  const entry = {
    name: zip.toString('latin1', at + 46, nameEnd),
    method: zip.readUInt16LE(at + 10),
    crc: zip.readUInt32LE(at + 16),
    ...lengths(zip, short, zip.subarray(nameEnd, extraEnd)),
  }
  return { entry, next: extraEnd + zip.readUInt16LE(at + 32) }
}

type Lengths = Pick<Entry, 'unpacked' | 'packed' | 'offset'>

/** Where a length does not fit into four bytes (some writers never try) it stands in an extra field, in this order. */
function lengths(zip: Buffer, at: Lengths, extra: Buffer): Lengths {
  const long = longLengths(extra)
  const read = (place: number) => {
    const short = zip.readUInt32LE(place)
    return short === 0xffffffff ? Number(long.shift() ?? short) : short
  }
  return { unpacked: read(at.unpacked), packed: read(at.packed), offset: read(at.offset) }
}

function longLengths(extra: Buffer): bigint[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    const field = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2))
    return Array.from({ length: Math.floor(field.length / 8) }, (_, i) => field.readBigUInt64LE(i * 8))
  }
  return []
}

/** The directory may lie: each part is unpacked to the length that it names, and no further. */
function checkEntry(zip: Buffer, { name, method, crc, packed, unpacked, offset }: Entry): void {
  if (offset + 30 > zip.length || zip.readUInt32LE(offset) !== 0x04034b50) throw cut()
  const start = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28)
  if (start + packed > zip.length) throw cut()
  const data = contentOf(zip.subarray(start, start + packed), { name, method, unpacked })
  if (data.length !== unpacked || crc32(data) !== crc)
    throw new Incomplete(`the part ${name} of the workbook is broken: it is not what the directory says`)
}

function contentOf(data: Buffer, { name, method, unpacked }: Pick<Entry, 'name' | 'method' | 'unpacked'>): Buffer {
  if (method === 0) return data
  if (method !== 8) throw new PortalChanged(`the part ${name} of the workbook is packed or locked in an unknown way`)
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(unpacked, 1) })
  } catch {
    throw new Incomplete(`the part ${name} of the workbook is broken: it does not unpack to what the directory says`)
  }
}
