import type { MailLanguage } from '#core/domain/language.ts'
import { pick } from './pick.ts'

type DemoCustomer = { name: string; email: string; language: MailLanguage }

/** The customer of the `i`th order: three of eight read English. Some come back with a second order. */
export function demoCustomer(i: number): DemoCustomer {
  const language = [2, 5, 7].includes(i % 8) ? 'en' : 'cs'
  const round = Math.floor(i / 8)
  const name = language === 'cs' ? pick(czech, round * 5 + (i % 8)) : pick(english, round * 3 + (i % 3))
  return { name, email: `${asciiName(name)}@${language === 'cs' ? 'example.org' : 'example.com'}`, language }
}

/** "Jiří Dvořák" → "jiri.dvorak" */
function asciiName(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, '.')
}

const czech: [string, ...string[]] = [
  'Jana Nováková', 'Petr Svoboda', 'Lucie Dvořáková', 'Tomáš Černý', 'Kateřina Procházková', 'Jiří Kučera',
  'Tereza Veselá', 'Martin Horák', 'Barbora Němcová', 'Ondřej Pokorný', 'Veronika Marková', 'Jakub Pospíšil',
  'Michaela Hájková', 'Lukáš Jelínek', 'Eliška Růžičková', 'David Beneš', 'Adéla Fialová', 'Vojtěch Sedláček',
  'Kristýna Doležalová', 'Filip Zeman', 'Nikola Kolářová', 'Marek Navrátil', 'Hana Čermáková', 'Daniel Vaněk',
  'Šárka Urbanová', 'Radek Blažek', 'Ivana Kratochvílová', 'Štěpán Bartoš', 'Monika Vlčková', 'Aleš Musil',
  'Zuzana Šimková', 'Roman Konečný', 'Klára Malá', 'Adam Holub', 'Simona Staňková', 'Pavel Kadlec',
] // prettier-ignore

const english: [string, ...string[]] = [
  'Emma Whitfield', 'Oliver Hayes', 'Grace Pemberton', 'Liam Sinclair', 'Sophie Lindqvist', 'Noah Ferreira',
  'Amelia Brandt', 'Jack Thornbury', 'Chloe Marchetti', 'Ethan Caldwell', 'Isla McKenna', 'Lucas Van der Meer',
  'Ruby Ashworth', 'Henry Okafor', 'Freya Johansen', 'Samuel Prescott', 'Maya Kapoor', 'Theo Langley',
  'Alice Rowntree', 'Daniel Moreau', 'Holly Sutcliffe', 'Ben Castellano',
] // prettier-ignore
