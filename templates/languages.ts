import type { MailLanguage } from '#core/domain/language.ts'
import type { Phrases } from './language.ts'
import { cs } from './languages/cs.ts'
import { en } from './languages/en.ts'

export const phrasesOf: Record<MailLanguage, Phrases> = { cs, en }
