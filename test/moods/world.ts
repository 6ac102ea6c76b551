import { dayOf } from '#core/domain/day.ts'
import { putDemoOrders, showcase } from '#infra/demo/shop.ts'
import type { Demo } from '#test/support/demo.ts'
import { openDemo } from '#test/support/demo.ts'
import { until } from '#test/support/until.ts'

/** The demo with its baseline read, its orders in, and four items that customers wait for to be watched. */
export async function openMoodyDemo(): Promise<{ demo: Demo; codes: string[] }> {
  const demo = await openDemo()
  await demo.run()
  const today = dayOf(new Date(), 'Europe/Prague')
  await putDemoOrders({ api: demo.api, key: demo.key, portal: demo.portal.url, today })
  await until('all orders to be looked at', async () => (await demo.orders()).every((order) => order.looked))
  return { demo, codes: await watched(demo) }
}

/** The item of the tour, and three others with a date that is told to customers. */
async function watched(demo: Demo): Promise<string[]> {
  const waitedFor = (await demo.orders()).flatMap((order) => order.lines.filter(isDated))
  const codes = new Set<string>(waitedFor.map((line) => line.item.code))
  return [showcase.code, ...[...codes].filter((code) => code !== showcase.code).slice(0, 3)]
}

type Line = { status: string; item: { code: string } | null; told: { precision?: string } | null }

function isDated({ status, item, told }: Line): boolean {
  return status === 'open' && item !== null && told?.precision === 'day'
}
