import type { MailLanguage } from '#core/domain/language.ts'
import { pick } from './pick.ts'

type DemoCustomer = { name: string; email: string; language: MailLanguage }

/** The customer of the `i`th order: each language is there, most are Czech. Some come back with a second order. */
export function demoCustomer(i: number): DemoCustomer {
  const language = languageOf(i)
  const before = Array.from({ length: i }, (_, earlier) => languageOf(earlier)).filter((one) => one === language)
  const name = pick(names[language], before.length)
  return { name, email: `${asciiName(name)}@${domains[language]}`, language }
}

function languageOf(i: number): MailLanguage {
  return pick(['cs', 'sk', 'en', 'cs', 'pl', 'de', 'cs', 'en'], i)
}

const domains: Record<MailLanguage, string> = {
  cs: 'example.org',
  sk: 'example.net',
  pl: 'example.net',
  de: 'example.net',
  en: 'example.com',
}

/** "Jiří Dvořák" → "jiri.dvorak" */
function asciiName(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, '.')
}

const names: Record<MailLanguage, [string, ...string[]]> = {
  cs: [
    'Jana Nováková', 'Petr Svoboda', 'Lucie Dvořáková', 'Tomáš Černý', 'Kateřina Procházková', 'Jiří Kučera',
    'Tereza Veselá', 'Martin Horák', 'Barbora Němcová', 'Ondřej Pokorný', 'Veronika Marková', 'Jakub Pospíšil',
    'Michaela Hájková', 'Lukáš Jelínek', 'Eliška Růžičková', 'David Beneš', 'Adéla Fialová', 'Vojtěch Sedláček',
    'Kristýna Doležalová', 'Filip Zeman', 'Nikola Kolářová', 'Marek Navrátil', 'Hana Čermáková', 'Daniel Vaněk',
    'Šárka Urbanová', 'Radek Blažek', 'Ivana Kratochvílová', 'Štěpán Bartoš', 'Monika Vlčková', 'Aleš Musil',
    'Zuzana Šimková', 'Roman Konečný', 'Klára Malá', 'Adam Holub', 'Simona Staňková', 'Pavel Kadlec',
  ],
  sk: ['Zuzana Kováčová', 'Peter Baláž', 'Lenka Horváthová', 'Michal Krajčí', 'Katarína Šimková', 'Juraj Ďurica'],
  pl: [
    'Agnieszka Wiśniewska', 'Tomasz Wójcik', 'Katarzyna Kamińska', 'Marcin Zieliński', 'Joanna Szymańska',
    'Krzysztof Dąbrowski',
  ],
  de: ['Sabine Krüger', 'Jonas Hoffmann', 'Anja Schäfer', 'Markus Lehmann', 'Kathrin Böhm', 'Felix Neumann'],
  en: [
    'Emma Whitfield', 'Oliver Hayes', 'Grace Pemberton', 'Liam Sinclair', 'Sophie Lindqvist', 'Noah Ferreira',
    'Amelia Brandt', 'Jack Thornbury', 'Chloe Marchetti', 'Ethan Caldwell', 'Isla McKenna', 'Lucas Van der Meer',
    'Ruby Ashworth', 'Henry Okafor', 'Freya Johansen', 'Samuel Prescott', 'Maya Kapoor', 'Theo Langley',
    'Alice Rowntree', 'Daniel Moreau', 'Holly Sutcliffe', 'Ben Castellano',
  ],
} // prettier-ignore
