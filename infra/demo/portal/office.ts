import { Hono } from 'hono'
import { csrf } from 'hono/csrf'
import { html } from 'hono/html'
import { readForm } from '../control.ts'
import type { FaultName, FaultSwitch } from './faults.ts'
import { faults, faultsOf, isFaultName } from './faults.ts'
import type { DemoItem } from './items.ts'
import type { Html } from './layout.ts'
import { pageFrame } from './layout.ts'
import { longestDelivery } from './control.ts'
import type { Shelf } from './shelf.ts'

/** The human face of the control: needs no sign-in, changes what customers of the portal see. */
export function makeOffice({ shelf, faultSwitch }: { shelf: Shelf; faultSwitch: FaultSwitch }) {
  const office = new Hono()
  office.use(csrf())
  office.get('/', (context) => {
    const search = context.req.query('hledat') ?? ''
    const saved = shelf.items().find((item) => item.code === context.req.query('ulozeno'))
    return context.html(officePage({ items: found(shelf.items(), search), search, saved, fault: faultSwitch.name }))
  })
  office.post('/polozky/:code', async (context) => {
    const { dostupnost = '', hledat = '' } = await readForm(context)
    const delivery = dostupnost.trim()
    if (delivery.length > longestDelivery) return context.text('Text dostupnosti je příliš dlouhý.', 400)
    const saved = shelf.edit(context.req.param('code'), { delivery })
    if (!saved) return context.notFound()
    const query = new URLSearchParams({ hledat, ulozeno: saved.code })
    return context.redirect(`/kancelar?${query}#${saved.code}`, 303)
  })
  office.post('/porucha', async (context) => {
    const { porucha = '' } = await readForm(context)
    faultSwitch.name = isFaultName(porucha) ? porucha : null
    return context.redirect('/kancelar', 303)
  })
  return office
}

function found(items: DemoItem[], search: string): DemoItem[] {
  const words = plain(search).split(/\s+/).filter(Boolean)
  return items.filter((item) => {
    const text = plain(`${item.code} ${item.ean} ${item.title} ${item.delivery}`)
    return words.every((word) => text.includes(word))
  })
}

/** Lower case without accents: people search without them. */
function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

type Shown = { items: DemoItem[]; search: string; saved: DemoItem | undefined; fault: FaultName | null }

function officePage({ items, search, saved, fault }: Shown): Html {
  const body = html`<div class="demo">
      <b>Nástroj ukázky.</b> Zde si hrajete na dodavatele: změňte dostupnost a robot ji přečte při dalším běhu.
      <p lang="en" class="tise">
        Demo tool: you play the supplier. Edit a delivery date here; Avizo's robot reads it at its next run.
      </p>
    </div>
    <h1>Kancelář dodavatele</h1>
    ${saved ? html`<div class="vzkaz" role="status">Uloženo: <b>${saved.code}</b> ${saved.title}: „${saved.delivery}“</div>` : ''}
    ${fault ? html`<div class="chyba" role="alert">Portál má zapnutou poruchu <b>${fault}</b>: ${faults[fault].about}.</div>` : ''}
    <div class="nastroje">${searchForm(search)}${faultForm(fault)}</div>
    <table>
      <thead>
        <tr>
          <th>Kód</th>
          <th>Název</th>
          <th>Dostupnost</th>
        </tr>
      </thead>
      <tbody>
        ${items.map((item) => editRow(item, { search, saved: item.code === saved?.code }))}
      </tbody>
    </table>
    ${items.length === 0 ? html`<p class="prazdno">Nic takového v katalogu není.</p>` : ''}`
  return pageFrame({ title: 'Kancelář dodavatele', body })
}

function searchForm(search: string): Html {
  return html`<form method="get" action="/kancelar">
    <label for="hledat">Hledat kód, název nebo termín</label>
    <div class="radek">
      <input type="search" id="hledat" name="hledat" value="${search}" placeholder="např. Aurora" />
      <button class="button" type="submit">Hledat</button>
    </div>
  </form>`
}

function faultForm(fault: FaultName | null): Html {
  const option = (name: FaultName) =>
    html`<option value="${name}" ${name === fault ? 'selected' : ''}>${name}: ${faults[name].about}</option>`
  return html`<form method="post" action="/kancelar/porucha">
    <label for="porucha">Porucha portálu</label>
    <div class="radek">
      <select id="porucha" name="porucha">
        <option value="">žádná: vše funguje</option>
        ${faultsOf('tokimi').map(option)}
      </select>
      <button class="button druhe" type="submit">Nastavit</button>
    </div>
  </form>`
}

function editRow(item: DemoItem, { search, saved }: { search: string; saved: boolean }): Html {
  return html`<tr id="${item.code}" class="${saved ? 'zmeneno' : ''}">
    <td class="kod">${item.code}</td>
    <td>${item.title}</td>
    <td>
      <form class="radek" method="post" action="/kancelar/polozky/${item.code}">
        <input type="hidden" name="hledat" value="${search}" />
        <input
          type="text"
          name="dostupnost"
          value="${item.delivery}"
          aria-label="Dostupnost ${item.code}"
          maxlength="${longestDelivery}"
        />
        <button class="button druhe" type="submit">Uložit</button>
      </form>
    </td>
  </tr> `
}
