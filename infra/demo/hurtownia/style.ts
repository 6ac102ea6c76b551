export const style = `
* { box-sizing: border-box }
body { margin: 0; font: 15px/1.45 Verdana, "DejaVu Sans", sans-serif; color: #2b2230; background: #faf7f2 }
.pas { background: #7a1f3d; color: #fff; padding: 14px 32px; display: flex; justify-content: space-between; align-items: center }
.pas a { color: #fff; text-decoration: none; font-size: 22px; font-weight: 700 }
.pas form { display: inline }
.konto { font-weight: 700; margin: 0 10px }
main { max-width: 1080px; margin: 28px auto; padding: 0 20px; min-height: 60vh }
.card { max-width: 440px; margin: 40px auto; background: #fff; border: 1px solid #e2d6cf; border-radius: 10px; padding: 26px }
label { display: block; margin: 14px 0 4px; font-weight: 700 }
input:not([type=hidden]) { width: 100%; padding: 9px; font: inherit; border: 1px solid #bba9b2; border-radius: 6px }
button, .button { margin-top: 16px; padding: 9px 20px; font: inherit; font-weight: 700; color: #fff; background: #7a1f3d;
  border: 0; border-radius: 20px; cursor: pointer; text-decoration: none; display: inline-block }
.pas button { margin: 0; background: #5a142b }
.blad { background: #fde8e6; border: 1px solid #e5a59c; padding: 10px 14px; border-radius: 6px }
table { width: 100%; border-collapse: collapse; background: #fff }
th { text-align: left; background: #f0e5df; padding: 8px 10px }
td { padding: 7px 10px; border-bottom: 1px solid #efe6e0 }
.netto, .ilosc { text-align: right; white-space: nowrap }
.pod-tabela { text-align: center }
.zaslona { position: fixed; inset: 0; background: #0009; z-index: 10; display: grid; place-items: center }
.okno { background: #fff; border-radius: 10px; padding: 26px; max-width: 480px }
footer { text-align: center; color: #8a7b83; font-size: 12px; padding: 20px }
`
