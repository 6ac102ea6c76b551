import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Observation } from '#core/domain/messages.ts'
import { Incomplete, PortalChanged } from '#scraper/failure.ts'
import { makeHarvest } from '#scraper/harvest.ts'

function rows(count: number, from = 1): Observation[] {
  return Array.from({ length: count }, (_, i) => ({ code: `C${from + i}`, title: 'T', cells: { D: 'skladem' } }))
}

function harvest() {
  const parts: [number, number][] = []
  const made = makeHarvest({
    columns: [{ name: 'D', holds: 'availability' }],
    part: (part, observations) => void parts.push([part, observations.length]),
  })
  return { parts, ...made }
}

test('parts hold 500 observations, the last one the rest', () => {
  const { observe, end, parts } = harvest()
  observe(rows(700))
  observe(rows(501, 701))
  assert.deepEqual(parts, [
    [1, 500],
    [2, 500],
  ])
  assert.deepEqual(end(), {
    rows: 1201,
    parts: 3,
    proof: { what: 'codes', said: '1201 codes, none empty, none twice' },
  })
  assert.deepEqual(parts[2], [3, 201])
})

test('a whole number of parts leaves no empty one', () => {
  const { observe, end } = harvest()
  observe(rows(500))
  assert.equal(end().parts, 1)
})

test('a code twice fails the run, also when only spaces tell them apart', () => {
  const { observe } = harvest()
  observe(rows(3))
  assert.throws(() => observe([{ code: ' C2 ', title: 'T', cells: { D: 'x' } }]), Incomplete)
})

test('codes that differ in case are two items', () => {
  const { observe, end } = harvest()
  observe([...rows(1), { code: 'c1', title: 'T', cells: { D: 'x' } }])
  assert.equal(end().rows, 2)
})

test('an empty code fails the run', () => {
  const { observe } = harvest()
  assert.throws(() => observe([{ code: '\u00a0', title: 'Aurora', cells: { D: 'x' } }]), PortalChanged)
})

test('a row without a declared column fails the run', () => {
  const { observe } = harvest()
  assert.throws(() => observe([{ code: 'C1', title: 'T', cells: { X: 'x' } }]), /no cell in the column "D"/)
})

test('a run without rows is no run', () => {
  const { observe, end } = harvest()
  observe([])
  assert.throws(() => end(), Incomplete)
})

test('a row that does not fit is observed by its code, where that could be read, and said besides', () => {
  const { observe, unfit, end } = harvest()
  observe(rows(1))
  unfit([{ where: 'row 2', said: 'C2 | ???', code: 'C2' }, { where: 'row 3', said: '???' }]) // prettier-ignore
  const ended = end()
  assert.deepEqual([ended.rows, ended.unfit?.length], [2, 2])
})

test('the code of a row that does not fit is there once too', () => {
  const { observe, unfit } = harvest()
  observe(rows(1))
  assert.throws(() => unfit([{ where: 'row 2', said: 'C1 | ???', code: 'C1' }]), Incomplete)
})
