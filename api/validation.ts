import type { Context } from 'hono'
import type { z } from 'zod'
import type { Wrong } from './errors.ts'
import { answerProblem } from './errors.ts'

type Issue = z.core.$ZodIssue
type Checked = { target: string } & ({ success: true } | { success: false; error: { issues: Issue[] } })
const parts: Record<string, Wrong['in']> = { json: 'body', param: 'path', query: 'query', header: 'header' }

/** Answers a request that does not fit its schema with all that is wrong, where, and what was expected. */
export function refuseInvalid(result: Checked, c: Context): Response | undefined {
  if (result.success) return undefined
  const problems = wrongsOf(result.error.issues, parts[result.target] ?? 'body')
  const detail = problems.map(({ path, expected }) => `${path || 'the body'}: ${expected}`).join('; ')
  return answerProblem(c, 'invalid-request', { detail, problems })
}

export function wrongsOf(issues: Issue[], part: Wrong['in']): Wrong[] {
  return issues.flatMap((issue) => flat(issue)).map(({ path, message }) => ({ in: part, path, expected: message }))
}

type Flat = { path: string; message: string }

/** Of a union the branch that fits deepest is what the sender meant; where none does, all of them are named. */
function flat(issue: Issue, before: PropertyKey[] = []): Flat[] {
  const path = [...before, ...issue.path]
  if (issue.code !== 'invalid_union' || issue.errors.length === 0)
    return [{ path: path.join('.'), message: wordsOf(issue) }]
  const branches = issue.errors.toSorted((a, b) => depthOf(b) - depthOf(a))
  const [meant] = branches
  if (meant && depthOf(meant) > 0) return meant.flatMap((inner) => flat(inner, path))
  const message = [...new Set(branches.flat().map(wordsOf))].join(', or ')
  return [{ path: path.join('.'), message }]
}

function depthOf(issues: Issue[]): number {
  return Math.max(...issues.map((issue) => issue.path.length))
}

function wordsOf(issue: Issue): string {
  if (issue.code === 'invalid_union' && issue.discriminator) return `expected one of ${optionsOf(issue)}`
  return issue.message.replace(/^Invalid input: /, '')
}

function optionsOf(issue: z.core.$ZodIssueInvalidUnion): string {
  return 'options' in issue && issue.options
    ? issue.options.map(String).join(', ')
    : `the known ${issue.discriminator}s`
}
