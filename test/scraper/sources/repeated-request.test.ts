import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PortalChanged } from '#scraper/failure.ts'
import { checkFirst, requestOf } from '#scraper/sources/repeated-request.ts'

const sent = { address: 'http://portal/api?q=a%20b&page=1', method: 'GET', headers: { authorization: 'x' }, body: null }
const paging = { parameter: 'page', first: 1 as const, counts: 'pages' as const }
const posted = (body: string) => ({ ...sent, address: 'http://portal/api', method: 'POST', body: Buffer.from(body) })
const bodyOf = (body: string, parameter: string) =>
  requestOf(posted(body), { paging: { ...paging, parameter }, page: 3, rows: 50 }).body?.toString()

test('a parameter of the query is set where it is, or added', () => {
  assert.equal(requestOf(sent, { paging, page: 3, rows: 50 }).address, 'http://portal/api?q=a+b&page=3')
  const offset = { parameter: 'skip', first: 0 as const, counts: 'rows' as const }
  assert.equal(
    requestOf(sent, { paging: offset, page: 3, rows: 50 }).address,
    'http://portal/api?q=a+b&page=1&skip=100',
  )
  assert.equal(
    requestOf(sent, { paging: { ...paging, first: 0 }, page: 3, rows: 50 }).address,
    'http://portal/api?q=a+b&page=2',
  )
})

test('a parameter of the body is changed where it stands, in its own type', () => {
  assert.equal(
    bodyOf('{"a":[1],"paging":{"page":1,"size":50}}', 'paging.page'),
    '{"a":[1],"paging":{"page":3,"size":50}}',
  )
  assert.equal(bodyOf('{"page":"1"}', 'page'), '{"page":"3"}')
  assert.equal(bodyOf('q=x&page=1', 'page'), 'q=x&page=3')
  assert.throws(() => bodyOf('{"paging":{"size":1}}', 'paging.page'), /\/api has no "page"; it has size/)
  assert.throws(() => bodyOf('q=tajemství', 'page'), /has no "page"; it has q$/)
})

test('the first page must be asked for as such, or not named at all', () => {
  checkFirst(sent, paging)
  checkFirst(posted('{"size":1}'), paging)
  assert.throws(() => checkFirst({ ...sent, address: 'http://portal/api?page=4' }, paging), PortalChanged)
  assert.throws(() => checkFirst(posted('{"page":0}'), paging), PortalChanged)
  assert.throws(() => checkFirst(posted('page=2'), paging), PortalChanged)
})
