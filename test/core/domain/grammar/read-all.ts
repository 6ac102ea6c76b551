/** Prints what all the fixtures' cells mean, as if today were some other day: run in other time zones by a test. */
import { readText } from '#core/domain/grammar/read-text.ts'
import { readAllRows, written } from './fixtures.ts'

const moment = Date.UTC(2031, 5, 30, 23, 59, 59)
Date.now = () => moment

process.stdout.write(
  readAllRows()
    .map((one) => written(readText(one.text, one), true))
    .join('\n'),
)
