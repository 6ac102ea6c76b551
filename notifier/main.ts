import { live } from '#core/process/life.ts'
import { makeLogger } from '#core/process/log.ts'
import { readSettings } from '#core/process/settings.ts'
import { startNotifier } from './notifier.ts'
import { settings as schema } from './settings.ts'

const settings = readSettings(schema)
const log = makeLogger({ name: 'notifier', format: settings.LOG_FORMAT, level: settings.LOG_LEVEL })
await live(log, (stack) => startNotifier(stack, { settings, log }))
