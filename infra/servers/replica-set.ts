import { MongoClient, MongoServerError, type Document } from 'mongodb'

export const replicaSetName = 'rs0'

/** Makes the server at the port the primary of its own replica set, and says whether it has become so. */
export async function becomePrimary(port: number): Promise<boolean> {
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: 500,
    socketTimeoutMS: 5000,
  })
  try {
    return await electItself(client, `127.0.0.1:${port}`)
  } catch (error) {
    if (error instanceof Error && stillStarting.has(error.name)) return false
    throw error
  } finally {
    await client.close()
  }
}

const notYetInitialized = 94
const stillStarting = new Set(['MongoServerSelectionError', 'MongoNetworkError', 'MongoNetworkTimeoutError'])

async function electItself(client: MongoClient, host: string): Promise<boolean> {
  const admin = client.db('admin')
  const hello = await admin.command({ hello: 1 })
  if (hello['isWritablePrimary'] && hello['me'] === host) return true
  const config = await currentConfig(client)
  if (!config)
    await admin.command({ replSetInitiate: { _id: replicaSetName, version: 1, members: [{ _id: 0, host }] } })
  else if (config['members'][0].host !== host) await moveTo(client, { config, host })
  return false
}

async function currentConfig(client: MongoClient): Promise<Document | undefined> {
  try {
    const { config } = await client.db('admin').command({ replSetGetConfig: 1 })
    return config
  } catch (error) {
    if (error instanceof MongoServerError && error.code === notYetInitialized) return undefined
    throw error
  }
}

/** The port may be another than last time; a set that knows itself only by the old one elects nobody. */
async function moveTo(client: MongoClient, { config, host }: { config: Document; host: string }): Promise<void> {
  const members = [{ ...config['members'][0], host }]
  await client
    .db('admin')
    .command({ replSetReconfig: { ...config, version: config['version'] + 1, members }, force: true })
}
