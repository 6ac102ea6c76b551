import { html } from 'hono/html'
import type { Html } from '../portal/layout.ts'
import { dotted } from '../portal/calendar.ts'
import { tableMarkup } from '../portal/table-markup.ts'
import type { Listing, Row, Table } from '../portal/table.ts'
import type { Filter } from './filter.ts'
import { allGroups, groupNames, stockNames, untouched } from './filter.ts'
import { stocks } from './items.ts'
import { pageFrame } from './layout.ts'

export function entrancePage(): Html {
  const body = html`<section class="card">
    <h1>Willkommen im Händlerportal</h1>
    <p>Preise, Lieferstatus und Liefertermine für unsere Handelspartner.</p>
    <a class="button" href="/preisliste">Zur Preisliste</a>
  </section>`
  return pageFrame({ title: 'Händlerportal', body })
}

export function signInPage(csrf: string, { error, email = '' }: { error?: string; email?: string } = {}): Html {
  const body = html`<section class="card">
    <h1>Anmeldung</h1>
    ${error ? html`<p class="fehler" role="alert">${error}</p>` : ''}
    <form method="post" action="/anmeldung" id="anmeldung">
      <input type="hidden" name="_csrf" value="${csrf}" />
      <label for="email">E-Mail-Adresse</label>
      <input type="email" id="email" name="email" autocomplete="username" required value="${email}" />
      <label for="passwort">Passwort</label>
      <input type="password" id="passwort" name="passwort" autocomplete="current-password" required />
      <p><button type="submit">Anmelden</button></p>
    </form>
  </section>`
  return pageFrame({ title: 'Anmeldung', body })
}

export function newPasswordPage(csrf: string): Html {
  const body = html`<section class="card">
    <h1>Passwort abgelaufen</h1>
    <p class="fehler">Ihr Passwort ist abgelaufen. Bitte vergeben Sie ein neues.</p>
    <form method="post" action="/neues-passwort" id="neues-passwort">
      <input type="hidden" name="_csrf" value="${csrf}" />
      <label for="neu">Neues Passwort</label>
      <input type="password" id="neu" name="neu" autocomplete="new-password" required />
      <p><button type="submit">Speichern</button></p>
    </form>
  </section>`
  return pageFrame({ title: 'Passwort abgelaufen', body })
}

type Found = Table & { listing: Listing }

/** The form; below it, once it was sent, how many were found and the first ten of them. */
export function priceListPage(csrf: string, found: { filter: Filter; table: Found } | null): Html {
  const body = html`<h1>Preisliste / Verfügbarkeit</h1>
    ${filterForm(found?.filter ?? untouched)}
    <div class="leiste">
      <p id="treffer">${found ? foundText(found.table.listing) : 'Bitte zuerst filtern.'}</p>
      ${exportForm(found?.filter ?? null)}
    </div>
    ${found ? preview(found.table) : ''}`
  return pageFrame({ title: 'Preisliste / Verfügbarkeit', body, signedIn: { csrf } })
}

export function noticePage(title: string, said: string): Html {
  const body = html`<section class="card">
    <h1>${title}</h1>
    <p>${said}</p>
    <a class="button" href="/">Zur Startseite</a>
  </section>`
  return pageFrame({ title, body })
}

function foundText({ total }: Listing): string {
  return total === null ? 'Ergebnis' : `${total} Artikel gefunden`
}

function filterForm(filter: Filter): Html {
  const option = (name: string) =>
    html`<option value="${name}" ${name === filter.group ? 'selected' : ''}>
      ${name === allGroups ? 'Alle Warengruppen' : name}
    </option>`
  const box = (name: keyof typeof stocks) =>
    html`<label class="kasten">
      <input type="checkbox" name="verfuegbarkeit" value="${name}" ${filter.stocks.includes(name) ? 'checked' : ''} />
      ${stocks[name]}
    </label>`
  return html`<form method="get" action="/preisliste" id="filter">
    <fieldset>
      <label for="warengruppe">Warengruppe</label>
      <select id="warengruppe" name="warengruppe" required>
        <option value="">Bitte wählen…</option>
        ${groupNames.map(option)}
      </select>
      <p>Verfügbarkeit<br />${stockNames.map(box)}</p>
      <button type="submit">Filtern</button>
    </fieldset>
  </form>`
}

function exportForm(filter: Filter | null): Html {
  return html`<form method="get" action="/preisliste/export" id="export">
    ${filter ? html`<input type="hidden" name="warengruppe" value="${filter.group}" />` : ''}
    ${(filter?.stocks ?? []).map((name) => html`<input type="hidden" name="verfuegbarkeit" value="${name}" />`)}
    <button type="submit" ${filter ? '' : 'disabled'}>Als Excel exportieren</button>
  </form>`
}

function preview({ columns, rows }: Table): Html {
  const first = rows.slice(0, 10).map((row): Row => {
    return 'heading' in row
      ? row
      : { cells: row.cells.map(({ text, ...cell }) => ({ ...cell, text: shownDate(text) })) }
  })
  return html`<h2>Vorschau</h2>
    ${tableMarkup('vorschau', { columns, rows: first })}
    <p>Die Vorschau zeigt höchstens zehn Artikel. Die ganze Liste erhalten Sie als Excel-Datei.</p>`
}

/** What is a date cell in the file. */
function shownDate(text: string): string {
  return /^\d{4}-\d\d(-\d\d)?$/.test(text) ? dotted(text) : text
}
