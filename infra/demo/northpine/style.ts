export const style = `
* { box-sizing: border-box }
body { margin: 0; font: 14px/1.5 Helvetica, "Liberation Sans", Arial, sans-serif; color: #1c2a2f; background: #fff }
nav { border-bottom: 1px solid #d5dcdf; padding: 12px 28px; display: flex; gap: 24px; align-items: center }
nav .brand { font-weight: 800; font-size: 18px; color: #0d5c4a; text-decoration: none; margin-right: auto }
nav form { display: inline; margin-left: 10px }
main { padding: 24px 28px; min-height: 70vh }
.card { max-width: 380px; margin: 8vh auto; box-shadow: 0 2px 18px #0002; border-radius: 8px; padding: 28px }
label { display: block; margin: 12px 0 4px; font-weight: 600 }
.card input:not([type=hidden]) { width: 100%; padding: 9px; font: inherit; border: 1px solid #b9c4c8; border-radius: 4px }
button, .button { padding: 8px 16px; font: inherit; font-weight: 600; border-radius: 4px; border: 1px solid #0d5c4a; background: #0d5c4a;
  color: #fff; cursor: pointer; text-decoration: none }
button:disabled { opacity: .4 }
.alert { background: #fff1f0; border: 1px solid #f0b4ae; padding: 9px 12px; border-radius: 4px }
table { width: 100%; border-collapse: collapse }
th { text-align: left; border-bottom: 2px solid #1c2a2f; padding: 8px }
td { border-bottom: 1px solid #e4e9eb; padding: 8px }
footer { color: #7a898f; font-size: 12px; padding: 18px 28px; border-top: 1px solid #d5dcdf }
`
