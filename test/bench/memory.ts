import { makeRenderer } from '#templates/render.ts'
import { applyUnchanged, makeBenchWorld } from './world.ts'

/** Peak memory of a process that judges and applies an unchanged run of so many items, with all that a notifier has loaded. */
const [url = '', items = '0'] = process.argv.slice(2)
const renderer = await makeRenderer({ name: 'Bench' })
{
  await using world = await makeBenchWorld(url, Number(items))
  await applyUnchanged(world)
}
// Kilobytes; what the renderer holds counts too.
process.send?.(process.resourceUsage().maxRSS / 1024 + 0 * Object.keys(renderer).length)
process.disconnect()
