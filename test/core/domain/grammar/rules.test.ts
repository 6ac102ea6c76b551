import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readText } from '#core/domain/grammar/read-text.ts'
import type { Language } from '#core/domain/language.ts'
import { written } from './fixtures.ts'

/** RULES section 1, row by row: the rule, then cells by language with what they mean, mark included. */
type Cell = [text: string, meaning: string]
type Rule = { rule: string; anchor?: string; cells: Partial<Record<Language, Cell[]>> }

const unreadable = 'unreadable'

const rules: Rule[] = [
  {
    rule: 'an ISO week is Monday to Sunday',
    cells: {
      cs: [
        ['48. týden 2026', 'expected 2026-11-23 2026-11-29 week'],
        ['ve 48. týdnu', 'expected 2026-11-23 2026-11-29 week'],
        ['KT 1/2027', 'expected 2027-01-04 2027-01-10 week'],
      ],
      sk: [['v 53. týždni 2026', 'expected 2026-12-28 2027-01-03 week']],
      pl: [['48 tydzień 2026', 'expected 2026-11-23 2026-11-29 week']],
      de: [
        ['KW48', 'expected 2026-11-23 2026-11-29 week'],
        ['48. KW 2026', 'expected 2026-11-23 2026-11-29 week'],
        ['KW 2/27', 'expected 2027-01-11 2027-01-17 week'],
      ],
      en: [
        ['W48 2026', 'expected 2026-11-23 2026-11-29 week'],
        ['2026-W48', 'expected 2026-11-23 2026-11-29 week'],
        ['week 48 of 2026', 'expected 2026-11-23 2026-11-29 week'],
      ],
    },
  },
  {
    rule: 'early, mid and late of a month are its days 1–10, 11–20 and 21–end',
    cells: {
      cs: [
        ['začátkem února 2027', 'expected 2027-02-01 2027-02-10 third'],
        ['v polovině února 2027', 'expected 2027-02-11 2027-02-20 third'],
        ['konec února 2027', 'expected 2027-02-21 2027-02-28 third'],
      ],
      sk: [
        ['začiatok februára 2027', 'expected 2027-02-01 2027-02-10 third'],
        ['v polovici februára 2027', 'expected 2027-02-11 2027-02-20 third'],
        ['koncom februára 2028', 'expected 2028-02-21 2028-02-29 third'],
      ],
      pl: [
        ['na początku lutego 2027', 'expected 2027-02-01 2027-02-10 third'],
        ['połowa lutego 2027', 'expected 2027-02-11 2027-02-20 third'],
        ['pod koniec lutego 2027', 'expected 2027-02-21 2027-02-28 third'],
      ],
      de: [
        ['Anfang Februar 2027', 'expected 2027-02-01 2027-02-10 third'],
        ['Mitte Februar 2027', 'expected 2027-02-11 2027-02-20 third'],
        ['Ende Februar 2027', 'expected 2027-02-21 2027-02-28 third'],
      ],
      en: [
        ['beginning of February 2027', 'expected 2027-02-01 2027-02-10 third'],
        ['mid-Feb 2027', 'expected 2027-02-11 2027-02-20 third'],
        ['end of February 2027', 'expected 2027-02-21 2027-02-28 third'],
      ],
    },
  },
  {
    rule: 'early, mid and late of a year are its four months each, as a range',
    cells: {
      cs: [
        ['začátek roku 2027', 'expected 2027-01-01 2027-04-30 range'],
        ['konec roku', 'expected 2026-09-01 2026-12-31 range'],
      ],
      sk: [['v polovici roka 2027', 'expected 2027-05-01 2027-08-31 range']],
      pl: [['koniec 2027 roku', 'expected 2027-09-01 2027-12-31 range']],
      de: [
        ['Mitte 2027', 'expected 2027-05-01 2027-08-31 range'],
        ['Jahresende', 'expected 2026-09-01 2026-12-31 range'],
      ],
      en: [['early 2027', 'expected 2027-01-01 2027-04-30 range']],
    },
  },
  {
    rule: 'the halves of a month are days 1–15 and 16–end, as a range; those of a year are halves',
    cells: {
      cs: [
        ['1. polovina prosince', 'expected 2026-12-01 2026-12-15 range'],
        ['druhá polovina roku 2027', 'expected 2027-07-01 2027-12-31 half'],
      ],
      sk: [['2. polovica februára 2027', 'expected 2027-02-16 2027-02-28 range']],
      pl: [
        ['II połowa stycznia 2027', 'expected 2027-01-16 2027-01-31 range'],
        ['I półrocze 2027', 'expected 2027-01-01 2027-06-30 half'],
      ],
      de: [
        ['erste Dezemberhälfte', 'expected 2026-12-01 2026-12-15 range'],
        ['2. Halbjahr 2027', 'expected 2027-07-01 2027-12-31 half'],
      ],
      en: [
        ['second half of December', 'expected 2026-12-16 2026-12-31 range'],
        ['H2 2027', 'expected 2027-07-01 2027-12-31 half'],
      ],
    },
  },
  {
    rule: 'seasons are meteorological, and a winter bears its December’s year',
    cells: {
      cs: [
        ['léto 2027', 'expected 2027-06-01 2027-08-31 season'],
        ['zima 2027', 'expected 2027-12-01 2028-02-29 season'],
      ],
      sk: [['na jar 2027', 'expected 2027-03-01 2027-05-31 season']],
      pl: [['jesienią 2027', 'expected 2027-09-01 2027-11-30 season']],
      de: [['Winter 2026/27', 'expected 2026-12-01 2027-02-28 season']],
      en: [['fall 2027', 'expected 2027-09-01 2027-11-30 season']],
    },
  },
  {
    rule: 'within, up to, and a bare duration run from the anchor to anchor + N',
    cells: {
      cs: [
        ['do 14 dnů', 'expected 2026-11-21 2026-12-05 range'],
        ['3 měsíce', 'expected 2026-11-21 2027-02-21 range'],
        ['dodací lhůta 2 týdny', 'expected 2026-11-21 2026-12-05 range'],
      ],
      sk: [['do dvoch týždňov', 'expected 2026-11-21 2026-12-05 range']],
      pl: [['w ciągu 2 tygodni', 'expected 2026-11-21 2026-12-05 range']],
      de: [
        ['innerhalb von zwei Wochen', 'expected 2026-11-21 2026-12-05 range'],
        ['Lieferzeit 3 Wochen', 'expected 2026-11-21 2026-12-12 range'],
        ['bis zu 2 Wochen', 'expected 2026-11-21 2026-12-05 range'],
      ],
      en: [
        ['within a week', 'expected 2026-11-21 2026-11-28 range'],
        ['10 days', 'expected 2026-11-21 2026-12-01 range'],
      ],
    },
  },
  {
    rule: '“N–M weeks” run from anchor + N to anchor + M',
    cells: {
      cs: [['2 až 3 týdny', 'expected 2026-12-05 2026-12-12 range']],
      sk: [['5–10 dní', 'expected 2026-11-26 2026-12-01 range']],
      pl: [['1-2 miesiące', 'expected 2026-12-21 2027-01-21 range']],
      de: [
        ['von 2 bis 3 Wochen', 'expected 2026-12-05 2026-12-12 range'],
        ['3-2 Wochen', unreadable],
      ],
      en: [['10 days to 3 weeks', 'expected 2026-12-01 2026-12-12 range']],
    },
  },
  {
    rule: '“in 3 weeks” is the week that holds the day, “in 3 days” that day, “in 3 months” that month',
    cells: {
      cs: [
        ['za 3 týdny', 'expected 2026-12-07 2026-12-13 week'],
        ['za 10 dní', 'expected 2026-12-01 2026-12-01 day'],
        ['za 2 měsíce', 'expected 2027-01-01 2027-01-31 month'],
      ],
      sk: [['o 3 týždne', 'expected 2026-12-07 2026-12-13 week']],
      pl: [['za tydzień', 'expected 2026-11-23 2026-11-29 week']],
      de: [['in ca. 3 Wochen', 'expected 2026-12-07 2026-12-13 week about']],
      en: [['in 2 months', 'expected 2027-01-01 2027-01-31 month']],
    },
  },
  {
    rule: 'next week, month and quarter are those of the calendar',
    cells: {
      cs: [
        ['příští týden', 'expected 2026-11-23 2026-11-29 week'],
        ['v příštím měsíci', 'expected 2026-12-01 2026-12-31 month'],
      ],
      sk: [['budúci týždeň', 'expected 2026-11-23 2026-11-29 week']],
      pl: [['w przyszłym miesiącu', 'expected 2026-12-01 2026-12-31 month']],
      de: [
        ['nächstes Quartal', 'expected 2027-01-01 2027-03-31 quarter'],
        ['übernächste Woche', 'expected 2026-11-30 2026-12-06 week'],
      ],
      en: [['next quarter', 'expected 2027-01-01 2027-03-31 quarter']],
    },
  },
  {
    rule: 'working days are Monday to Friday',
    cells: {
      cs: [['do 5 pracovních dnů', 'expected 2026-11-21 2026-11-27 range']],
      sk: [['6 pracovných dní', 'expected 2026-11-21 2026-11-30 range']],
      pl: [['3-5 dni roboczych', 'expected 2026-11-25 2026-11-27 range']],
      de: [['1-3 Werktage', 'expected 2026-11-23 2026-11-25 range']],
      en: [['in 10 working days', 'expected 2026-12-04 2026-12-04 day']],
    },
  },
  {
    rule: 'by and until run from the anchor to the end of what is named',
    cells: {
      cs: [
        ['do 15. 12.', 'expected 2026-11-21 2026-12-15 range'],
        ['do konce roku', 'expected 2026-11-21 2026-12-31 range'],
        ['nejpozději v lednu', 'expected 2026-11-21 2027-01-31 range'],
        ['do 10. 11. 2026', unreadable],
      ],
      sk: [['do konca januára', 'expected 2026-11-21 2027-01-31 range']],
      pl: [['do 15 stycznia', 'expected 2026-11-21 2027-01-15 range']],
      de: [['bis KW 50', 'expected 2026-11-21 2026-12-13 range']],
      en: [
        ['by Q1 2027', 'expected 2026-11-21 2027-03-31 range'],
        ['by mid-December', 'expected 2026-11-21 2026-12-20 range'],
      ],
    },
  },
  {
    rule: 'from and earliest are the date with the mark from',
    cells: {
      cs: [
        ['od 15. 1. 2027', 'expected 2027-01-15 2027-01-15 day from'],
        ['nejdříve v březnu', 'expected 2027-03-01 2027-03-31 month from'],
      ],
      sk: [['najskôr 15.1.2027', 'expected 2027-01-15 2027-01-15 day from']],
      pl: [['dostępny od 15 stycznia', 'expected 2027-01-15 2027-01-15 day from']],
      de: [['lieferbar ab Mitte Januar', 'expected 2027-01-11 2027-01-20 third from']],
      en: [['15 January 2027 at the earliest', 'expected 2027-01-15 2027-01-15 day from']],
    },
  },
  {
    rule: 'circa is the date with the mark about',
    cells: {
      cs: [['cca 15. 1.', 'expected 2027-01-15 2027-01-15 day about']],
      sk: [['okolo 15. januára', 'expected 2027-01-15 2027-01-15 day about']],
      pl: [['około 15 stycznia', 'expected 2027-01-15 2027-01-15 day about']],
      de: [['ca. KW 48', 'expected 2026-11-23 2026-11-29 week about']],
      en: [['approx. Q1 2027', 'expected 2027-01-01 2027-03-31 quarter about']],
    },
  },
  {
    rule: 'words of expectation leave the date as it is',
    cells: {
      cs: [
        ['předpoklad: 12/2026', 'expected 2026-12-01 2026-12-31 month'],
        ['ok. 12/2026', 'expected 2026-12-01 2026-12-31 month'],
        ['12/2026 (předpoklad)', 'expected 2026-12-01 2026-12-31 month'],
      ],
      sk: [['očakávame 15. 12. 2026', 'expected 2026-12-15 2026-12-15 day']],
      pl: [['przewidywana dostawa: 15.12.2026', 'expected 2026-12-15 2026-12-15 day']],
      de: [['vsl. Dezember 2026', 'expected 2026-12-01 2026-12-31 month']],
      en: [['ETA: 15 December 2026', 'expected 2026-12-15 2026-12-15 day']],
    },
  },
  {
    rule: 'after a date, and parts of anything but month and year, are not read',
    cells: {
      cs: [
        ['po 14. 12. 2026', unreadable],
        ['konec Q4 2026', unreadable],
        ['polovina týdne', unreadable],
      ],
      sk: [
        ['po 14. 12. 2026', unreadable],
        ['koniec 1. štvrťroka', unreadable],
      ],
      pl: [
        ['po 15 grudnia', unreadable],
        ['koniec I kwartału', unreadable],
      ],
      de: [
        ['nach dem 15.12.2026', unreadable],
        ['Ende KW 48', unreadable],
      ],
      en: [
        ['after 15 December', unreadable],
        ['late spring 2027', unreadable],
      ],
    },
  },
  {
    rule: 'without a year: the first occurrence that ends on or after anchor − 90 days',
    cells: {
      cs: [
        ['23. 8.', 'expected 2026-08-23 2026-08-23 day'],
        ['22. 8.', 'expected 2027-08-22 2027-08-22 day'],
        ['srpen', 'expected 2026-08-01 2026-08-31 month'],
        ['červenec', 'expected 2027-07-01 2027-07-31 month'],
        ['29. února', 'expected 2028-02-29 2028-02-29 day'],
        ['2. čtvrtletí', 'expected 2027-04-01 2027-06-30 quarter'],
        ['léto', 'expected 2026-06-01 2026-08-31 season'],
      ],
      de: [['KW 34', 'expected 2026-08-17 2026-08-23 week']],
      en: [['H1', 'expected 2027-01-01 2027-06-30 half']],
    },
  },
  {
    rule: 'without a year, a winter may have begun in the year before',
    anchor: '2027-02-10',
    cells: { cs: [['v zimě', 'expected 2026-12-01 2027-02-28 season']] },
  },
  {
    rule: 'of a range with its year at the end or nowhere, the end is read first',
    cells: {
      cs: [
        ['15.12.–10.1.2027', 'expected 2026-12-15 2027-01-10 range'],
        ['prosinec až leden', 'expected 2026-12-01 2027-01-31 range'],
        ['1.–15. prosince', 'expected 2026-12-01 2026-12-15 range'],
        ['15. 12. 2026 – 10. 1.', unreadable],
      ],
      sk: [['od 1. do 15. decembra', 'expected 2026-12-01 2026-12-15 range']],
      pl: [['listopad-styczeń 2027', 'expected 2026-11-01 2027-01-31 range']],
      de: [['KW 52-1/2027', 'expected 2026-12-21 2027-01-10 range']],
      en: [['Dec 28 - Jan 5', 'expected 2026-12-28 2027-01-05 range']],
    },
  },
  {
    rule: 'numeric dates are read in the order of the language',
    cells: {
      cs: [['3/4/2027', 'expected 2027-04-03 2027-04-03 day']],
      sk: [['3-4-2027', 'expected 2027-04-03 2027-04-03 day']],
      pl: [['3.04.27', 'expected 2027-04-03 2027-04-03 day']],
      de: [['03.04.2027', 'expected 2027-04-03 2027-04-03 day']],
      'en-GB': [
        ['3.4.2027', 'expected 2027-04-03 2027-04-03 day'],
        ['12/23/2026', unreadable],
      ],
      'en-US': [
        ['3.4.2027', 'expected 2027-03-04 2027-03-04 day'],
        ['23/12/2026', unreadable],
      ],
      en: [
        ['3/4/2027', unreadable],
        ['4/4/2027', 'expected 2027-04-04 2027-04-04 day'],
        ['12/23/2026', 'expected 2026-12-23 2026-12-23 day'],
        ['2027/04/03', 'expected 2027-04-03 2027-04-03 day'],
      ],
    },
  },
  {
    rule: 'two numbers with a slash are read where only one reading is possible',
    cells: {
      cs: [
        ['12/26', 'expected 2026-12-01 2026-12-31 month'],
        ['15/12', 'expected 2026-12-15 2026-12-15 day'],
        ['10/11', unreadable],
        ['48/2026', unreadable],
      ],
      'en-US': [
        ['12/26', unreadable],
        ['3/4', 'expected 2027-03-04 2027-03-04 day'],
      ],
      'en-GB': [['3/4', 'expected 2027-04-03 2027-04-03 day']],
      en: [
        ['12/26', unreadable],
        ['3/4', unreadable],
        ['23/12', 'expected 2026-12-23 2026-12-23 day'],
      ],
    },
  },
  {
    rule: 'a date that is too far from the anchor, or does not exist, is not read',
    cells: {
      cs: [
        ['1.1.1970', unreadable],
        ['31.12.2099', unreadable],
        ['20.11.2024', unreadable],
        ['21.11.2024', 'expected 2024-11-21 2024-11-21 day'],
        ['21.11.2031', 'expected 2031-11-21 2031-11-21 day'],
        ['22.11.2031', unreadable],
        ['29.2.2027', unreadable],
        ['31. 11.', unreadable],
      ],
      de: [
        ['KW 54', unreadable],
        ['KW 53/2027', unreadable],
        ['KW 0', unreadable],
      ],
      en: [['Q5 2026', unreadable]],
    },
  },
  {
    rule: 'available is in stock',
    cells: {
      cs: [
        ['dostupné', 'in-stock'],
        ['ihned k odeslání', 'in-stock'],
        ['Skladem, dodání do 2 dnů', 'in-stock'],
      ],
      sk: [['skladom', 'in-stock']],
      pl: [['dostępny od ręki', 'in-stock']],
      de: [['Sofort lieferbar, Lieferzeit 1-3 Tage', 'in-stock']],
      en: [['Available now', 'in-stock']],
    },
  },
  {
    rule: 'not in stock is sold out, unless it says when it comes',
    cells: {
      cs: [
        ['momentálně není skladem', 'sold-out'],
        ['Vyprodáno, očekáváme 12/2026', 'expected 2026-12-01 2026-12-31 month'],
        ['Vyprodáno 15. 12. 2026', unreadable],
      ],
      sk: [['dočasne nedostupné', 'sold-out']],
      pl: [['brak w magazynie', 'sold-out']],
      de: [['derzeit nicht lieferbar', 'sold-out']],
      en: [['currently unavailable', 'sold-out']],
    },
  },
  {
    rule: 'ended, cancelled and withdrawn are discontinued',
    cells: {
      cs: [['již se nevyrábí', 'discontinued']],
      sk: [['predaj ukončený', 'discontinued']],
      pl: [['wycofany z produkcji', 'discontinued']],
      de: [['nicht mehr lieferbar', 'discontinued']],
      en: [['no longer available', 'discontinued']],
    },
  },
  {
    rule: 'no date yet is on request, and a pre-order with a date is expected',
    cells: {
      cs: [
        ['předobjednávka', 'on-request'],
        ['předobjednávka 3/2027', 'expected 2027-03-01 2027-03-31 month'],
        ['termín neznámý', 'on-request'],
      ],
      sk: [['na dopyt', 'on-request']],
      pl: [['do ustalenia', 'on-request']],
      de: [['Liefertermin unbekannt', 'on-request']],
      en: [['to be announced', 'on-request']],
    },
  },
  {
    rule: 'soon, to follow and call us are not read',
    cells: {
      cs: [
        ['brzy', unreadable],
        ['připravujeme', unreadable],
      ],
      sk: [['čoskoro', unreadable]],
      pl: [['wkrótce', unreadable]],
      de: [
        ['demnächst', unreadable],
        ['Termin folgt', unreadable],
      ],
      en: [
        ['soon', unreadable],
        ['call us', unreadable],
      ],
    },
  },
  {
    rule: 'a bare number, or a number of pieces, is not read',
    cells: {
      cs: [
        ['5', unreadable],
        ['5 ks', unreadable],
        ['2026 ks', unreadable],
        ['1.5', unreadable],
      ],
      sk: [['10 kusov', unreadable]],
      pl: [['5 szt.', unreadable]],
      de: [['3 Stück', unreadable]],
      en: [['12 pcs', unreadable]],
    },
  },
  {
    rule: 'what is to be had until a day is not what comes by that day',
    cells: {
      cs: [
        ['dostupné do 15. 12. 2026', unreadable],
        ['předobjednávka do 15. 12. 2026', unreadable],
        ['dostupné do 14 dnů', 'expected 2026-11-21 2026-12-05 range'],
      ],
      sk: [['dostupné do 15. 12. 2026', unreadable]],
      pl: [['dostępny do 15.12.2026', unreadable]],
      de: [['lieferbar bis 15.12.2026', unreadable]],
      en: [
        ['available until 15 December 2026', unreadable],
        ['available by 15 December 2026', 'expected 2026-11-21 2026-12-15 range'],
        ['pre-order from 15 December', unreadable],
      ],
    },
  },
  {
    rule: 'a weekday must be that of its date',
    cells: {
      cs: [
        ['pá 15. 1. 2027', 'expected 2027-01-15 2027-01-15 day'],
        ['čt 15. 1. 2027', unreadable],
      ],
      de: [
        ['Do 14.01.2027', 'expected 2027-01-14 2027-01-14 day'],
        ['Do 14', unreadable],
      ],
      en: [['Tuesday, December 15, 2026', 'expected 2026-12-15 2026-12-15 day']],
    },
  },
  {
    rule: 'two digits after an English month may be a day or a year',
    cells: {
      en: [
        ['Dec 26', unreadable],
        ['Dec 15', 'expected 2026-12-15 2026-12-15 day'],
        ["Dec '26", 'expected 2026-12-01 2026-12-31 month'],
      ],
      de: [['Dez. 26', 'expected 2026-12-01 2026-12-31 month']],
    },
  },
]

for (const { rule, anchor = '2026-11-21', cells } of rules) {
  describe(rule, () => {
    for (const [language, list] of Object.entries(cells) as [Language, Cell[]][]) {
      for (const [text, meaning] of list) {
        test(`${language} "${text}" is ${meaning}`, () => {
          assert.equal(written(readText(text, { language, anchor }), true), meaning)
        })
      }
    }
  })
}
