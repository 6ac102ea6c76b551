import { makeRenderer } from '#templates/render.ts'
import { finish, openBenchWorld } from './world.ts'

/** Peak memory of a process that judges and applies a staged run, with all that a notifier has loaded, in megabytes. */
const [url = '', items = '0', run = ''] = process.argv.slice(2)
const renderer = await makeRenderer({ name: 'Bench' })
{
  await using world = await openBenchWorld(url, Number(items))
  await finish(world, run)
}
process.send?.({ peak: process.resourceUsage().maxRSS / 1024, by: Object.keys(renderer) })
process.disconnect()
