export const style = `
:root { --modra: #14365d; --svetla: #eef3f8; --cara: #d6dee7; --akcent: #c8402f; --text: #1d2733; --tlumeny: #5d6b7a }
* { box-sizing: border-box }
body { margin: 0; font: 15px/1.5 "Segoe UI", "Noto Sans", "Liberation Sans", Arial, sans-serif; color: var(--text);
  background: #f6f8fa; min-height: 100vh; display: flex; flex-direction: column }
.obal { width: 100%; max-width: 1120px; margin: 0 auto; padding: 0 20px }
main.obal { flex: 1; padding-top: 24px; padding-bottom: 40px }
.hlavicka { background: var(--modra); color: #fff; border-bottom: 4px solid var(--akcent) }
.hlavicka .obal { display: flex; align-items: center; justify-content: space-between; min-height: 68px; gap: 24px }
.logo { color: #fff; text-decoration: none; font-size: 14px }
.logo b { font-size: 24px; letter-spacing: 3px; margin-right: 10px }
.logo span { opacity: .8 }
.ucet { display: flex; align-items: baseline; gap: 12px }
.ucet-popis { opacity: .7; font-size: 13px }
.odkaz { background: none; border: 0; padding: 0; font: inherit; color: #ffd9d3; text-decoration: underline; cursor: pointer }
.paticka { background: #e6ecf2; color: var(--tlumeny); font-size: 13px }
.paticka .obal { display: flex; justify-content: space-between; gap: 20px; padding-top: 14px; padding-bottom: 14px }
h1 { font-size: 24px; margin: 0 0 6px; color: var(--modra) }
p { margin: 0 0 14px }
a { color: #1a5a9c }
.tise { color: var(--tlumeny) }
.card { background: #fff; border: 1px solid var(--cara); border-radius: 6px; padding: 28px; max-width: 420px; margin: 40px auto }
.card h1 { margin-bottom: 4px }
label { display: block; font-weight: 600; margin: 14px 0 4px }
input[type=text], input[type=password], input[type=search], select { width: 100%; padding: 8px 10px; font: inherit;
  border: 1px solid #b4c0cc; border-radius: 4px; background: #fff; color: inherit }
input:focus, select:focus, button:focus-visible { outline: 2px solid #6ea3d8; outline-offset: 1px }
.button { padding: 9px 18px; font: inherit; font-weight: 600; color: #fff; background: var(--modra); border: 0;
  border-radius: 4px; cursor: pointer; text-decoration: none; display: inline-block }
.button:hover { background: #1d4b80 }
.card .button { margin-top: 20px; width: 100%; text-align: center }
.chyba, .vzkaz { border-radius: 4px; padding: 10px 14px; margin: 14px 0 }
.chyba { background: #fdecea; border: 1px solid #efb3ab; color: #8c2216 }
.vzkaz { position: sticky; top: 8px; z-index: 1; background: #e8f5ec; border: 1px solid #a9d5b6; color: #1c5c30 }
.nad-tabulkou { display: flex; align-items: end; justify-content: space-between; gap: 20px; margin-bottom: 12px }
.nad-tabulkou p { margin: 0 }
table { width: 100%; border-collapse: collapse; background: #fff; border: 1px solid var(--cara) }
th { text-align: left; background: var(--svetla); color: var(--modra); font-size: 13px; padding: 9px 12px;
  border-bottom: 2px solid var(--cara); white-space: nowrap }
td { padding: 7px 12px; border-bottom: 1px solid #e9eef3; vertical-align: middle }
tbody tr:nth-child(even) td { background: #fafbfd }
tbody tr:hover td { background: #f1f6fb }
.kod { font-weight: 600; white-space: nowrap }
.ean { color: var(--tlumeny); font-variant-numeric: tabular-nums }
th.cena, td.cena { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
.dostupnost { white-space: nowrap }
.je-skladem { color: #1b7a3c; font-weight: 600 }
.neni { color: #a0301f }
.prazdno { text-align: center; padding: 40px; color: var(--tlumeny) }
.strankovani { display: flex; justify-content: center; gap: 6px; margin-top: 20px }
.strankovani > * { padding: 6px 12px; border: 1px solid var(--cara); border-radius: 4px; background: #fff; text-decoration: none }
.strankovani b { background: var(--modra); color: #fff; border-color: var(--modra) }
.rozcesti { display: grid; grid-template-columns: 1fr 1fr; gap: 20px; margin-top: 24px }
.rozcesti .card { margin: 0; max-width: none }
.demo { border: 1px dashed #c79a2b; background: #fff9e9; border-radius: 6px; padding: 12px 16px; margin-bottom: 18px }
.demo b { color: #8a6410 }
.demo p { margin: 0 }
.radek { display: flex; gap: 8px; align-items: center; margin: 0 }
.radek input, .radek select { min-width: 0 }
.radek .button { padding: 7px 14px; white-space: nowrap }
.druhe { background: #fff; color: var(--modra); border: 1px solid #b4c0cc }
.druhe:hover { background: var(--svetla) }
.zmeneno td { background: #eef8f1 !important }
.nastroje { display: grid; grid-template-columns: 1fr 1fr; gap: 24px; margin-bottom: 16px; align-items: end }
.nastroje label { margin-top: 0; font-size: 13px }
`
