export const style = `
* { box-sizing: border-box }
body { margin: 0; font: 16px/1.5 Georgia, "DejaVu Serif", serif; color: #222; background: #eef0ec }
header { background: #22443a; color: #fff; padding: 18px 40px; display: flex; justify-content: space-between }
header a { color: #fff; text-decoration: none; font-size: 22px }
header form { display: inline }
main { background: #fff; max-width: 1060px; margin: 24px auto; padding: 28px 34px; min-height: 60vh }
.card { max-width: 460px; margin: 20px auto }
label { display: block; margin: 12px 0 4px }
label.kasten { display: inline-block; margin-right: 20px }
input[type=email], input[type=password], select { width: 100%; padding: 8px; font: inherit; border: 1px solid #a9b5ae }
button, .button { padding: 8px 18px; font: inherit; color: #fff; background: #22443a; border: 0; cursor: pointer; text-decoration: none }
button:disabled { background: #b9c2bd; cursor: not-allowed }
.fehler { border-left: 4px solid #b33; background: #fbecec; padding: 10px 14px }
fieldset { border: 1px solid #cdd5d0; margin: 16px 0; padding: 14px }
table { width: 100%; border-collapse: collapse; font-size: 14px }
th, td { text-align: left; padding: 6px 8px; border-bottom: 1px solid #dfe4e0 }
.leiste { display: flex; justify-content: space-between; align-items: center; margin: 14px 0 }
#cookie-hinweis { position: fixed; left: 0; right: 0; bottom: 0; background: #1b2622; color: #fff; padding: 18px 40px; z-index: 10 }
#cookie-hinweis button { background: #fff; color: #1b2622; margin-right: 10px }
footer { text-align: center; font-size: 12px; color: #667; padding: 18px 0 90px }
`
