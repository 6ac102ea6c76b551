import { html } from 'hono/html'
import type { Html } from './layout.ts'
import { pageFrame } from './layout.ts'
import { tableMarkup } from './table-markup.ts'
import type { Listing, Table } from './table.ts'

export function entrancePage(): Html {
  const body = html`<h1>Vítejte na portálu pro odběratele</h1>
    <p class="tise">Ceník, skladovost a termíny dodání pro smluvní partnery.</p>
    <div class="rozcesti">
      <section class="card">
        <h1>Odběratelé</h1>
        <p>Katalog s cenami a aktuální dostupností. Přístup mají jen registrovaní partneři.</p>
        <a class="button" href="/katalog">Vstoupit do katalogu</a>
      </section>
      <section class="card">
        <h1>Kancelář dodavatele</h1>
        <p>
          Nástroj této ukázky: mění termíny, které odběratelé uvidí.
          <span lang="en">(Demo tool: edit delivery dates.)</span>
        </p>
        <a class="button" href="/kancelar">Otevřít kancelář</a>
      </section>
    </div>`
  return pageFrame({ title: 'Portál pro odběratele', body })
}

export function signInPage(csrf: string, said: { error?: string; username?: string } = {}): Html {
  const body = html`<section class="card">
    <h1>Přihlášení</h1>
    <p class="tise">Vstup pro registrované odběratele</p>
    ${said.error ? html`<div class="chyba" role="alert">${said.error}</div>` : ''}
    <form method="post" action="/prihlaseni" id="prihlaseni">
      <input type="hidden" name="_csrf" value="${csrf}" />
      <label for="jmeno">Přihlašovací jméno</label>
      <input type="text" id="jmeno" name="jmeno" autocomplete="username" required value="${said.username ?? ''}" />
      <label for="heslo">Heslo</label>
      <input type="password" id="heslo" name="heslo" autocomplete="current-password" required />
      <button class="button" type="submit">Přihlásit se</button>
    </form>
  </section>`
  return pageFrame({ title: 'Přihlášení', body })
}

export function cataloguePage({ listing, ...table }: Table & { listing: Listing }, csrf: string): Html {
  const { from, to, total } = listing
  const body = html`<div class="nad-tabulkou">
      <div>
        <h1>Katalog a dostupnost</h1>
        <p class="tise">Ceny bez DPH. Termíny dodání jsou orientační a upřesňujeme je průběžně.</p>
      </div>
      ${total === null ? '' : html`<p class="rozsah">Zobrazeno ${from}–${to} z ${total}</p>`}
    </div>
    ${tableMarkup('zbozi', table, { price: 'cena' })}
    ${table.rows.length === 0 ? html`<p class="prazdno">Žádné položky k zobrazení.</p>` : ''} ${pager(listing)}`
  return pageFrame({ title: 'Katalog', body, signedIn: { csrf } })
}

export function newPasswordPage(csrf: string): Html {
  const body = html`<section class="card">
    <h1>Platnost hesla vypršela</h1>
    <p class="chyba">Vaše heslo je starší než 180 dní. Zvolte si prosím nové.</p>
    <form method="post" action="/nove-heslo" id="nove-heslo">
      <input type="hidden" name="_csrf" value="${csrf}" />
      <label for="nove">Nové heslo</label>
      <input type="password" id="nove" name="nove" autocomplete="new-password" required />
      <label for="znovu">Nové heslo znovu</label>
      <input type="password" id="znovu" name="znovu" autocomplete="new-password" required />
      <button class="button" type="submit">Změnit heslo</button>
    </form>
  </section>`
  return pageFrame({ title: 'Nové heslo', body })
}

/** A page that only says something: not found, unavailable, form too old. */
export function noticePage(title: string, said: string, way: { href: string; text: string }): Html {
  const body = html`<section class="card">
    <h1>${title}</h1>
    <p>${said}</p>
    <a class="button" href="${way.href}">${way.text}</a>
  </section>`
  return pageFrame({ title, body })
}

function pager({ page, pages }: Listing): Html {
  const numbers = Array.from({ length: pages }, (_, i) => i + 1).filter((n) => isShown(n, page, pages))
  return html`<nav class="strankovani" aria-label="Stránkování">
    ${page > 1 ? pageLink(page - 1, '‹ Předchozí') : ''}
    ${numbers.map((n) => (n === page ? html`<b aria-current="page">${n}</b>` : pageLink(n, String(n))))}
    ${page < pages ? pageLink(page + 1, 'Další ›') : ''}
  </nav>`
}

/** Of many pages only the first, the last, and those around this one. */
function isShown(n: number, page: number, pages: number): boolean {
  return pages <= 12 || n === 1 || n === pages || Math.abs(n - page) <= 3
}

function pageLink(to: number, text: string): Html {
  return html`<a href="/katalog?strana=${to}">${text}</a>`
}
