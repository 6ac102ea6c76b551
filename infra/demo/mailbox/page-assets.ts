export const style = `
* { box-sizing: border-box }
body { margin: 0; height: 100vh; display: flex; flex-direction: column; color: #1f2933; background: #f3f5f7;
  font: 14px/1.45 "Segoe UI", "Noto Sans", "Liberation Sans", Arial, sans-serif }
header { display: flex; align-items: center; gap: 16px; padding: 10px 18px; background: #24323f; color: #fff }
.logo { color: #fff; font-size: 17px; font-weight: 700; text-decoration: none }
.note { opacity: .7; flex: 1 }
.fault { background: #b3341f; padding: 2px 10px; border-radius: 10px }
.count { font-variant-numeric: tabular-nums }
button { font: inherit; color: #fff; background: none; border: 1px solid #6b7c8c; border-radius: 4px; padding: 4px 12px; cursor: pointer }
button:disabled { opacity: .4; cursor: default }
main { flex: 1; display: grid; grid-template-columns: minmax(300px, 380px) 1fr; min-height: 0 }
nav { overflow-y: auto; background: #fff; border-right: 1px solid #d5dce3 }
nav a { display: grid; grid-template-columns: 1fr auto; gap: 1px 8px; padding: 10px 16px; color: inherit;
  text-decoration: none; border-bottom: 1px solid #e7ebef; border-left: 3px solid transparent }
nav a > * { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
nav a b, .snippet { grid-column: 1 / -1 }
nav a b { font-weight: 400 }
nav a.unread b { font-weight: 700 }
nav a.unread { border-left-color: #2f7ac0 }
nav a:hover { background: #f5f8fb }
nav a.opened { background: #e6f0fa }
.to, time, .snippet, .more { color: #66747f; font-size: 13px }
.more, .nothing { text-align: center; padding: 16px }
section { display: flex; flex-direction: column; min-width: 0; min-height: 0 }
.nothing { margin: auto; color: #66747f; font-size: 16px }
.head { background: #fff; padding: 16px 24px 0; border-bottom: 1px solid #d5dce3 }
h1 { font-size: 19px; margin: 0 0 8px }
dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 14px; margin: 0 0 10px; font-size: 13px }
dt { color: #66747f }
dd { margin: 0; overflow-wrap: anywhere }
.tabs { display: flex; gap: 4px }
.tabs a { padding: 6px 16px; color: #2f5f8f; text-decoration: none; border-bottom: 3px solid transparent; text-transform: capitalize }
.tabs a[aria-current] { border-bottom-color: #2f7ac0; font-weight: 600 }
iframe { flex: 1; border: 0; background: #fff; min-height: 0 }
pre { flex: 1; margin: 0; padding: 20px 24px; overflow: auto; background: #fff; font-size: 13px; min-height: 0 }
.words { white-space: pre-wrap; font-size: 14px }
@media (max-width: 760px) { main { grid-template-columns: 1fr; grid-template-rows: 40% 1fr } .note { display: none } }
`

/** Looks every two seconds whether the newest mail or their number changed, and then takes the list anew. */
export const script = `
const list = document.getElementById('list')
const empty = document.getElementById('empty')
let seen
async function look() {
  const { total, messages } = await (await fetch('/api/v1/messages?limit=1')).json()
  const now = total + ' ' + (messages[0]?.ID ?? '')
  if (seen !== undefined && now !== seen) await renew()
  seen = now
}
async function renew() {
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html')
  for (const id of ['list', 'count']) document.getElementById(id).replaceWith(page.getElementById(id))
  empty.disabled = page.getElementById('empty').disabled
  document.title = page.title
}
setInterval(() => look().catch(() => undefined), 2000)
look().catch(() => undefined)
empty.addEventListener('click', async () => {
  await fetch('/api/v1/messages', { method: 'DELETE' })
  location.href = '/'
})
`
