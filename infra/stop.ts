import { readInfraSettings } from './infra-settings.ts'
import { placesIn, root } from './places.ts'
import { until } from './servers/detached.ts'
import { makeSay } from './setup/say.ts'
import { isStarter, otherStarter } from './started.ts'
import { anythingRuns, takeDown } from './take-down.ts'

process.chdir(root)
const say = makeSay()
try {
  await stop()
} catch (error) {
  say.line((error as Error).message)
  process.exitCode = 1
}
process.exit()

async function stop(): Promise<void> {
  const places = placesIn(readInfraSettings().VAR_DIR)
  const starter = otherStarter(places)
  if (starter) {
    say.line(`Process ${starter} is bringing it up just now: asking it to stop`)
    process.kill(starter, 'SIGTERM')
    await until(() => !isStarter(starter), { seconds: 120 })
  }
  if (!anythingRuns(places)) say.line('Nothing is running.')
  await takeDown(places, say.line)
}
