export const style = `
body { margin: 0; color: #1f2933; background: #dfe4e9; font: 14px/1.45 "Segoe UI", "Noto Sans", Arial, sans-serif }
header { position: sticky; top: 0; z-index: 1; display: flex; gap: 16px; align-items: center; padding: 10px 18px; color: #fff; background: #24323f }
header a { color: #fff; padding: 2px 8px; text-decoration: none; border-radius: 4px }
header a[aria-current] { background: #2f7ac0 }
header select { margin-left: auto; font: inherit }
section { padding: 12px 18px; scroll-margin-top: 50px }
section > div { display: flex; gap: 16px; overflow-x: auto; align-items: flex-start }
h2 { margin: 0; font-size: 17px } small { font-weight: 400; color: #52606d }
p { margin: 2px 0 10px }
iframe { flex: none; height: 720px; border: 1px solid #b8c4ce; border-radius: 8px; background: #fff }
pre { padding: 16px; white-space: pre-wrap; background: #fff }
.trouble { margin: 18px; color: #fff; background: #b3341f }
`

/** Frames grow to what is in them; a changed template loads the page anew, where it stands. */
export const script = `
for (const frame of document.querySelectorAll('iframe'))
  frame.addEventListener('load', () => { frame.style.height = frame.contentDocument.documentElement.scrollHeight + 2 + 'px' })
new EventSource('/changes').addEventListener('changed', () => location.reload())
`
