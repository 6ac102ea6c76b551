import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MongoNetworkError } from 'mongodb'
import { makeTroubles } from '#notifier/troubles.ts'

function make() {
  const said: string[] = []
  const at = (level: string) => (_fields: object, text: string) => void said.push(`${level} ${text}`)
  return { said, ...makeTroubles({ error: at('error'), warn: at('warn'), info: at('info') }) }
}

test('a store that is away for a whole night is two lines in the log', () => {
  const { said, met, over } = make()
  for (let time = 0; time < 100; time++) met(new MongoNetworkError('connection refused'), 'sending met an error')
  over()
  over()
  assert.deepEqual(
    said.map((line) => line.replace(/\d+ s/, '… s')),
    ['error the store is away; everything waits', 'info the store answers again after … s'],
  )
  met(new MongoNetworkError('connection refused'), 'sending met an error')
  assert.equal(said.length, 3, 'the next time is told again')
})

test('what is no trouble of the store is told each time, in the words of who met it', () => {
  const { said, met } = make()
  met(new TypeError('x is not a function'), 'the sweep met an error')
  met(new TypeError('x is not a function'), 'the sweep met an error')
  assert.deepEqual(said, ['warn the sweep met an error', 'warn the sweep met an error'])
})
