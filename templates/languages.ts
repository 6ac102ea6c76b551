import type { MailLanguage } from '#core/domain/language.ts'
import type { Phrases } from './language.ts'
import { cs } from './languages/cs.ts'
import { de } from './languages/de.ts'
import { en } from './languages/en.ts'
import { pl } from './languages/pl.ts'
import { sk } from './languages/sk.ts'

export const phrasesOf: Record<MailLanguage, Phrases> = { cs, sk, pl, de, en }
