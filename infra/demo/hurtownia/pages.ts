import { html, raw } from 'hono/html'
import type { Html } from '../portal/layout.ts'
import { tableMarkup } from '../portal/table-markup.ts'
import type { Listing, Table } from '../portal/table.ts'
import { pageFrame } from './layout.ts'

export function entrancePage(): Html {
  const body = html`<section class="card">
    <h1>Witamy w Figurkowo B2B</h1>
    <p>Ceny hurtowe, stany i terminy dostaw dla stałych odbiorców.</p>
    <a class="button" href="/towary">Przejdź do oferty</a>
  </section>`
  return pageFrame({ title: 'Platforma dla odbiorców', body })
}

type Said = { error?: string; login?: string }

export function loginPage(csrf: string, { error }: Said = {}): Html {
  return stepPage({
    csrf,
    error,
    step: 1,
    id: 'logowanie',
    action: '/logowanie',
    button: 'Dalej',
    fields: html`<label for="login">Login</label>
      <input type="text" id="login" name="login" autocomplete="username" required />`,
  })
}

export function passwordPage(csrf: string, { error, login = '' }: Said): Html {
  return stepPage({
    csrf,
    error,
    step: 2,
    id: 'logowanie-haslo',
    action: '/logowanie/haslo',
    button: 'Zaloguj się',
    fields: html`<p>Login: <b>${login}</b> (<a href="/logowanie">zmień</a>)</p>
      <label for="haslo">Hasło</label>
      <input type="password" id="haslo" name="haslo" autocomplete="current-password" required />`,
  })
}

export function codePage(csrf: string, { error }: Said = {}): Html {
  return stepPage({
    csrf,
    error,
    step: 3,
    id: 'logowanie-kod',
    action: '/logowanie/kod',
    button: 'Potwierdź',
    fields: html`<p>Przepisz sześciocyfrowy kod z aplikacji uwierzytelniającej.</p>
      <label for="kod">Kod jednorazowy</label>
      <input
        type="text"
        id="kod"
        name="kod"
        inputmode="numeric"
        autocomplete="one-time-code"
        maxlength="7"
        required
      />`,
  })
}

export function newPasswordPage(csrf: string): Html {
  return stepPage({
    csrf,
    error: 'Twoje hasło wygasło. Ustaw nowe.',
    step: 2,
    id: 'nowe-haslo',
    action: '/nowe-haslo',
    button: 'Zmień hasło',
    fields: html`<label for="nowe">Nowe hasło</label>
      <input type="password" id="nowe" name="nowe" autocomplete="new-password" required />`,
  })
}

type Step = {
  csrf: string
  error: string | undefined
  step: number
  id: string
  action: string
  button: string
  fields: Html
}

function stepPage({ csrf, error, step, id, action, button, fields }: Step): Html {
  const body = html`<section class="card">
    <h1>Logowanie</h1>
    <p>Krok ${step} z 3</p>
    ${error ? html`<div class="blad" role="alert">${error}</div>` : ''}
    <form method="post" action="${action}" id="${id}">
      <input type="hidden" name="_csrf" value="${csrf}" />
      ${fields}
      <button type="submit">${button}</button>
    </form>
  </section>`
  return pageFrame({ title: 'Logowanie', body })
}

/** The account is signed in elsewhere: to go on here ends that. */
export function otherSessionPage(csrf: string): Html {
  const body = html`<div class="zaslona">
    <div class="okno" role="dialog" id="aktywna-sesja" aria-labelledby="sesja-tytul">
      <h2 id="sesja-tytul">Masz już aktywną sesję na innym urządzeniu</h2>
      <p>Kontynuując, zakończysz tamtą sesję.</p>
      <form method="post" action="/logowanie/sesja">
        <input type="hidden" name="_csrf" value="${csrf}" />
        <button type="submit" id="kontynuuj">Kontynuuj tutaj</button>
      </form>
      <a href="/">Anuluj</a>
    </div>
  </div>`
  return pageFrame({ title: 'Aktywna sesja', body })
}

export function goodsPage({ listing, ...table }: Table & { listing: Listing }, csrf: string): Html {
  const body = html`<h1>Oferta i dostępność</h1>
    <p id="wyswietlono">${shownText(listing)}</p>
    ${tableMarkup('towary', table, { price: 'netto', quantity: 'ilosc' })}
    <p class="pod-tabela">
      ${listing.page < listing.pages ? html`<button type="button" id="wiecej" data-od="${listing.to}">Pokaż więcej</button>` : ''}
    </p>
    <p class="blad" id="blad" role="alert" hidden>Nie udało się wczytać kolejnych pozycji.</p>
    ${more}`
  return pageFrame({ title: 'Oferta', body, signedIn: { csrf } })
}

export function noticePage(title: string, said: string): Html {
  const body = html`<section class="card">
    <h1>${title}</h1>
    <p>${said}</p>
    <a class="button" href="/">Strona główna</a>
  </section>`
  return pageFrame({ title, body })
}

/** "Wyświetlono 30 z 120": all rows shown so far. */
export function shownText({ to, total }: Listing): string {
  return total === null ? '' : `Wyświetlono ${to} z ${total}`
}

const more = raw(`<script>
  const wiecej = document.getElementById('wiecej')
  wiecej?.addEventListener('click', async () => {
    wiecej.disabled = true
    const answer = await fetch('/towary/wiecej?od=' + wiecej.dataset.od).catch(() => null)
    const rows = answer && answer.ok && !answer.redirected ? await answer.text().catch(() => null) : null
    wiecej.disabled = false
    if (rows === null) return void (document.getElementById('blad').hidden = false)
    document.querySelector('#towary tbody').insertAdjacentHTML('beforeend', rows)
    document.getElementById('wyswietlono').textContent = decodeURIComponent(answer.headers.get('x-wyswietlono') ?? '')
    const next = answer.headers.get('x-dalej')
    if (next) wiecej.dataset.od = next
    else wiecej.remove()
  })
</script>`)
