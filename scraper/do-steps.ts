import { setTimeout as wait } from 'node:timers/promises'
import type { Locator, Page } from 'playwright-core'
import { awaitQuiet, checkBefore, provedEffect } from './effect.ts'
import { click, isShown, theOne } from './elements.ts'
import { PortalChanged } from './failure.ts'
import type { Visit } from './robot.ts'
import { atPage } from './sources/open-page.ts'
import type { Obstacle, Step } from './step.ts'
import { watchTraffic } from './traffic.ts'
import { watchRefused } from './watch-refused.ts'

type Doing = Pick<Visit, 'limits' | 'signal' | 'step'>

/** Does the steps one after the other; each proves its effect, or fails and says what was on the page instead. */
export async function doSteps(tab: Page, steps: Step[], visit: Doing): Promise<void> {
  for (const step of steps) {
    visit.signal.throwIfAborted()
    await visit.step(nameOf(step), () => atPage(tab, () => doStep(tab, step, visit)))
  }
}

/** Clicks away what is in the way, where it is there, and says what it was; each is gone then, or it fails. */
export async function clearObstacles(tab: Page, obstacles: Obstacle[], visit: Doing): Promise<Obstacle[]> {
  const cleared: Obstacle[] = []
  for (const obstacle of obstacles) {
    if (!(await isShown(tab, obstacle.shows))) continue
    visit.signal.throwIfAborted()
    await visit.step(`obstacle "${obstacle.name}"`, () => atPage(tab, () => clear(tab, obstacle, visit)))
    cleared.push(obstacle)
  }
  return cleared
}

/** What the page answers meanwhile is not judged here: that it is gone is all that is wanted. */
async function clear(tab: Page, { shows, click: selector }: Obstacle, visit: Doing): Promise<void> {
  const { pageSeconds } = visit.limits
  const end = performance.now() + pageSeconds * 1000
  await click(await theOne(tab, selector, visit), selector, { timeout: pageSeconds * 1000 })
  while (await isShown(tab, shows)) {
    visit.signal.throwIfAborted()
    if (performance.now() > end) throw new PortalChanged(`${shows} is still there after a click on ${selector}`)
    await wait(50)
  }
}

function nameOf(step: Step): string {
  return step.do === 'select' ? `select "${step.option}" in ${step.target}` : `${step.do} ${step.target}`
}

async function doStep(tab: Page, step: Step, visit: Doing): Promise<void> {
  const target = await theOne(tab, step.target, visit)
  // Where there is nothing to do there is no effect to wait for: the box itself proves what it is.
  if (step.do === 'check' && (await target.isChecked()) === step.on)
    return visit.step(`${step.target} is ${step.on ? 'checked' : 'unchecked'} already`, () => Promise.resolve())
  const { effect } = step
  if (effect) await checkBefore(tab, effect)
  using traffic = watchTraffic(tab)
  using watch = watchRefused(tab)
  await act(target, step, visit)
  traffic.stir()
  // Awaited, for the watch must not end before the effect.
  if (effect) return await provedEffect(tab, effect, { visit, traffic, after: nameOf(step) })
  await awaitQuiet({ visit, traffic, watch, after: nameOf(step) })
  await checkHolds(target, step)
}

async function act(target: Locator, step: Step, { limits }: Doing): Promise<void> {
  const timeout = limits.pageSeconds * 1000
  switch (step.do) {
    case 'click':
      return click(target, step.target, { timeout })
    case 'fill':
      return target.fill(step.text, { timeout })
    case 'select':
      return select(target, step)
    case 'check':
      // Many a checkbox is drawn by its label and is itself unseen.
      if (await target.isVisible()) return target.setChecked(step.on, { timeout })
      return target.evaluate((box: HTMLElement) => box.click())
    default:
      return step satisfies never
  }
}

async function select(target: Locator, { target: selector, option }: Extract<Step, { do: 'select' }>): Promise<void> {
  const options = await optionsOf(target, selector)
  const wanted = options.findIndex(({ text, value }) => isOption({ text, value }, option))
  if (wanted >= 0) return void (await target.selectOption({ index: wanted }))
  const met = options.slice(0, 12).map(({ text }) => `"${text}"`)
  throw new PortalChanged(`expected the option "${option}" in ${selector}; met ${met.join(', ') || 'no options'}`)
}

type Option = { text: string; value: string; chosen: boolean }

async function optionsOf(target: Locator, selector: string): Promise<Option[]> {
  const options = await target.evaluate((list: Element) =>
    list instanceof HTMLSelectElement
      ? [...list.options].map(({ text, value, selected }) => ({ text, value, chosen: selected }))
      : null,
  )
  if (options === null) throw new PortalChanged(`expected a list of options at ${selector}; met another element`)
  return options.map(({ text, ...rest }) => ({ text: text.replaceAll(/\s+/g, ' ').trim(), ...rest }))
}

function isOption({ text, value }: Pick<Option, 'text' | 'value'>, option: string): boolean {
  return text === option.replaceAll(/\s+/g, ' ').trim() || value === option
}

/** Done is what the page holds then, not that it was asked to. */
async function checkHolds(target: Locator, step: Step): Promise<void> {
  if ((await target.count()) !== 1) throw goneWith(step)
  if (step.do === 'fill' && (await target.inputValue()) !== step.text)
    throw new PortalChanged(`the field ${step.target} does not take what is filled in`)
  if (step.do === 'check' && (await target.isChecked()) !== step.on)
    throw new PortalChanged(`${step.target} does not stay ${step.on ? 'checked' : 'unchecked'}`)
  if (step.do !== 'select') return
  const chosen = (await optionsOf(target, step.target)).filter((option) => option.chosen)
  if (!chosen.some((one) => isOption(one, step.option)))
    throw new PortalChanged(`${step.target} does not stay at "${step.option}"`)
}

function goneWith(step: Step): PortalChanged {
  const expected =
    'expected it to stay, to see what it holds; where the page acts on it by itself, give the step an effect'
  return new PortalChanged(`after ${nameOf(step)} the page has no single ${step.target} any more; ${expected}`)
}
