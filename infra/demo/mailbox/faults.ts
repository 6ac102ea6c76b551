import { z } from 'zod'

/** Where in the taking of a mail a fault bites, and what then happens. */
export type Fault = {
  about: string
  at: 'recipient' | 'data' | 'end'
  answer?: Answer
  stores?: true
  drops?: true
  waits?: true
}
type Answer = { code: number; words: string }

/** Every fault by its name: another is one more entry here. */
export const faults = {
  refuse: {
    about: 'the recipient is refused for now',
    at: 'recipient',
    answer: { code: 451, words: '4.2.0 Mailbox busy, try again later' },
  },
  'refuse-forever': {
    about: 'the recipient is refused for ever',
    at: 'recipient',
    answer: { code: 550, words: '5.1.1 No such mailbox here' },
  },
  'refuse-content': {
    about: 'the whole mail is read, and refused for now',
    at: 'end',
    answer: { code: 451, words: '4.3.0 Cannot store the mail now' },
  },
  'reject-content': {
    about: 'the whole mail is read, and refused for ever',
    at: 'end',
    answer: { code: 554, words: '5.7.1 Mail refused' },
  },
  delay: { about: 'the mail is taken, and the answer comes some seconds later', at: 'end', stores: true, waits: true },
  drop: { about: 'the connection breaks before the mail was sent', at: 'data', drops: true },
  'drop-after-data': {
    about: 'the mail is taken, and the connection breaks before the answer',
    at: 'end',
    stores: true,
    drops: true,
  },
} satisfies Record<string, Fault>

export type FaultName = keyof typeof faults
export const faultNames = Object.keys(faults).filter(isFaultName)

export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(faults, name)
}

const expected = { error: `expected null or one of ${faultNames.join(', ')}` }

/** `times`: the fault ends after that many mails; `address`: only mails to it; `seconds`: how long `delay` waits. */
export const FaultWish = z.object({
  fault: z.string(expected).refine(isFaultName, expected).nullable(),
  times: z.number().int().positive().optional(),
  address: z.string().optional(),
  seconds: z.number().min(0).max(600).default(5),
})
export type FaultWish = z.infer<typeof FaultWish>
export type FaultSwitch = ReturnType<typeof makeFaultSwitch>

export function makeFaultSwitch() {
  let wish: FaultWish = { fault: null, seconds: 5 }
  let hits = 0
  return {
    current: () => ({ ...wish, hits }),
    set(next: FaultWish): void {
      wish = next
      hits = 0
    },
    /** The fault that bites here for one of these recipients; counted, and ended when its times are up. */
    bite(at: Fault['at'], to: string[]): (Fault & { seconds: number }) | undefined {
      const fault: Fault | undefined = wish.fault ? faults[wish.fault] : undefined
      if (fault?.at !== at || !concerns(wish.address, to)) return undefined
      hits += 1
      const { seconds } = wish
      if (hits === wish.times) wish = { fault: null, seconds: 5 }
      return { ...fault, seconds }
    },
  }
}

function concerns(address: string | undefined, to: string[]): boolean {
  return address === undefined || to.some((recipient) => recipient.toLowerCase() === address.toLowerCase())
}
