import { html, raw } from 'hono/html'
import type { Html } from '../portal/layout.ts'
import { pageFrame } from './layout.ts'

export function entrancePage(): Html {
  const body = html`<section class="card">
    <h1>Wholesale made simple</h1>
    <p>Live inventory and ETAs for Northpine retail partners.</p>
    <p><a class="button" href="/inventory">View inventory</a></p>
  </section>`
  return pageFrame({ title: 'Welcome', body })
}

export function signInPage(csrf: string, { error, username = '' }: { error?: string; username?: string } = {}): Html {
  const body = html`<section class="card">
    <h1>Sign in</h1>
    ${error ? html`<div class="alert" role="alert">${error}</div>` : ''}
    <form method="post" action="/login" id="login-form">
      <input type="hidden" name="_csrf" value="${csrf}" />
      <label for="username">Username</label>
      <input type="text" id="username" name="username" autocomplete="username" required value="${username}" />
      <label for="password">Password</label>
      <input type="password" id="password" name="password" autocomplete="current-password" required />
      <p><button type="submit">Sign in</button></p>
    </form>
  </section>`
  return pageFrame({ title: 'Sign in', body })
}

export function newPasswordPage(csrf: string): Html {
  const body = html`<section class="card">
    <h1>Your password has expired</h1>
    <div class="alert">Choose a new password to continue.</div>
    <form method="post" action="/new-password" id="new-password-form">
      <input type="hidden" name="_csrf" value="${csrf}" />
      <label for="new-password">New password</label>
      <input type="password" id="new-password" name="new_password" autocomplete="new-password" required />
      <p><button type="submit">Save</button></p>
    </form>
  </section>`
  return pageFrame({ title: 'Password expired', body })
}

/** An empty table, which a script fills with what it fetches by the token in the head. */
export function inventoryPage(csrf: string, token: string): Html {
  const body = html`<h1>Inventory</h1>
    <p id="count" aria-live="polite">Loading…</p>
    <div class="alert" id="error" role="alert" hidden></div>
    <table id="inventory">
      <thead>
        <tr>
          <th>SKU</th>
          <th>Name</th>
          <th>UPC</th>
          <th>Status</th>
          <th>Qty</th>
          <th>ETA</th>
        </tr>
      </thead>
      <tbody></tbody>
    </table>
    <p>
      <button type="button" id="previous" disabled>Previous</button>
      <button type="button" id="next" disabled>Next</button>
    </p>
    ${raw(`<script>${script}</script>`)}`
  const head = html`<meta name="api-token" content="${token}" />`
  return pageFrame({ title: 'Inventory', body, signedIn: { csrf }, head })
}

export function noticePage(title: string, said: string): Html {
  const body = html`<section class="card">
    <h1>${title}</h1>
    <p>${said}</p>
    <p><a class="button" href="/">Home</a></p>
  </section>`
  return pageFrame({ title, body })
}

const script = `
  const at = (id) => document.getElementById(id)
  const token = document.querySelector('meta[name=api-token]').content
  const size = 50
  let page = 1
  async function load(wanted) {
    at('error').hidden = true
    try {
      const headers = { authorization: 'Bearer ' + token, accept: 'application/json' }
      const answer = await fetch('/api/inventory?page=' + wanted + '&size=' + size, { headers })
      if (!answer.ok) throw new Error('status ' + answer.status)
      show(await answer.json())
      page = wanted
    } catch (error) {
      at('error').textContent = 'Could not load inventory (' + error.message + ').'
      at('error').hidden = false
      at('count').textContent = ''
    }
  }
  function show({ meta, items }) {
    const rows = items.map(({ sku, name, upc, stock = {} }) => {
      const row = document.createElement('tr')
      for (const text of [sku, name, upc, stock.status, stock.qty, stock.eta]) row.insertCell().textContent = text ?? ''
      return row
    })
    document.querySelector('#inventory tbody').replaceChildren(...rows)
    const first = (meta.page - 1) * size + 1
    const range = items.length === 0 ? 'No items' : 'Showing ' + first + '–' + (first + items.length - 1)
    at('count').textContent = meta.total === undefined ? range : range + ' of ' + meta.total
    at('previous').disabled = meta.page <= 1
    at('next').disabled = meta.page >= meta.pages
  }
  at('previous').addEventListener('click', () => load(page - 1))
  at('next').addEventListener('click', () => load(page + 1))
  load(1)
`
