import type { Refusal } from './sign-in.ts'

/** As texts are compared: white space, NBSP, case and ways of writing an accent aside. */
export function normalised(text: string): string {
  return text.normalize('NFC').toLowerCase().replaceAll(/\s+/g, ' ').trim()
}

/**
 * How portals in Czech, Slovak, Polish, German and English say no. They only name the reason on a page that has not
 * proved that we are signed in; what a portal says besides belongs into its definition.
 */
const refusalWords: [Refusal, RegExp[]][] = [
  [
    'locked',
    [
      /účet .{0,40}(zablokov[aá]n|uzamčen|zamčen|zamknut|deaktivov[aá]n|pozastaven)/,
      /(zablokovan|uzamčen|deaktivovan|pozastaven)ý účet/,
      /(účet|konto) .{0,40}(zablokovan|uzamknut|zamknut|uzamčen|deaktivovan|pozastaven)/,
      /konto .{0,40}(zablokowan|zawieszon|nieaktywn|dezaktywowan)/,
      /(konto|zugang|benutzer\S*|kennung) .{0,40}(gesperrt|deaktiviert|inaktiv)/,
      /(account|user|login) .{0,40}(locked|blocked|disabled|suspended|deactivated)/,
      /(příliš mnoho|příliš moc|překročen\S* počet) .{0,30}pokusů/,
      /(príliš veľa|prekročen\S* počet) .{0,30}pokusov/,
      /(zbyt wiele|zbyt dużo|przekroczono liczbę) .{0,40}prób/,
      /(zu viele|anzahl der) .{0,40}(anmelde|login)-?versuche/,
      /too many .{0,40}(log-?in|sign-?in|password|failed|unsuccessful) .{0,20}(attempts|tries)/,
    ],
  ],
  [
    'password-expired',
    [
      /(heslo|hesla|hesel) .{0,30}(vypršel|vypršal|expiroval|propadl|pozbyl\S* platnosti|skončila)/,
      /(vypršela|skončila|vypršala) .{0,20}platnos[tť] .{0,20}hesla/,
      /(musíte|nutné|je třeba|je potřeba|treba|potrebné) .{0,20}(změnit|zmeniť) .{0,20}heslo/,
      /heslo .{0,20}(již|už|viac) (není platn|nie je platn|neplatí)|hesl\S* .{0,20}stratilo platnosť/,
      /hasło .{0,30}(wygasło|straciło ważność|utraciło ważność|już nieważne)|ważność hasła .{0,20}(wygasła|minęła|upłynęła)/,
      /(musisz|należy|konieczna|wymagana) .{0,20}(zmienić|zmiana) .{0,20}has(ło|ła)/,
      /(passwort|kennwort) .{0,30}(abgelaufen|nicht mehr gültig)/,
      /(passwort|kennwort) .{0,30}(muss|müssen) .{0,30}(geändert|ändern)/,
      /(müssen|bitte) .{0,20}(passwort|kennwort) .{0,20}ändern/,
      /password .{0,20}(expired|no longer valid)/,
      /(must|need to|have to|required to) .{0,10}(change|reset|renew) .{0,10}password/,
    ],
  ],
  [
    'wrong-code',
    [
      /(neplatný|nesprávný|chybný|špatný|nesprávny|zlý|prošlý) .{0,30}kód(?!\p{L})/u,
      /kód .{0,20}(není|nie je|neplatí|je neplatný|je nesprávn|vypršel|vypršal)/,
      /(nieprawidłowy|błędny|niepoprawny|nieważny) .{0,30}kod(?!\p{L})/u,
      /(ungültige|falsche|abgelaufene)r? .{0,30}(code|tan|pin)(?!\p{L})/u,
      /(code|tan) .{0,20}(ist falsch|ist ungültig|ist abgelaufen|nicht korrekt)/,
      /(invalid|incorrect|wrong|expired|bad) .{0,30}(code|otp)(?!\p{L})/u,
      /code .{0,20}(is|was) (invalid|incorrect|wrong|expired|not valid|not correct)/,
    ],
  ],
  [
    'wrong-password',
    [
      /(neplatn|nesprávn|chybn|špatn)(é|ý|á|ě|y|e) .{0,30}(heslo|jméno|meno|údaje|kombinace|kombinácia|e-?mail|login)/,
      /(zlé|zlý) .{0,30}(heslo|meno|údaje)/,
      /(heslo|jméno|meno|údaje) .{0,40}(není správn|nie je správn|nejsou správn|nie sú správn|nesouhlas|nesúhlas|neplatn)/,
      /(heslo|jméno|meno|údaje|login|e-?mail) .{0,40}(je|jsou|sú) (neplatn|nesprávn|chybn|špatn|zl[éáý](?!\p{L}))/u,
      /(heslo|jméno|meno|údaje|login) .{0,40}(není platn|nejsou platn|nie je platn|nie sú platn|nesedí|nesedia|nejsou známy)/,
      /přihlášení .{0,20}(nezdařilo|selhalo|nepodařilo|neúspěšné|neproběhlo|nebylo úspěšné|odmítnuto|zamítnuto)/,
      /(neúspěšné|nezdařené|neúspešné) (přihlášení|prihlásenie)|chyba (při )?přihlášení|chyba (pri )?prihlásen/,
      /(nepodařilo|nepodarilo) .{0,20}(přihlásit|prihlásiť)/,
      /prihlásenie .{0,20}(zlyhalo|nepodarilo|neúspešné|neprebehlo|nebolo úspešné|odmietnuté|zamietnuté)/,
      /(uživatel\S*|účet) (?:(?![.?!] ).){0,30}(neexistuje|nenalezen|nebyl nalezen)/,
      /(používateľ\S*|užívateľ\S*|účet|konto) (?:(?![.?!] ).){0,30}(neexistuje|nenájden|nebol\S* nájden|sa nenašl?[oa]?)/,
      /(nieprawidłow|błędn|niepoprawn)(e|y|a) .{0,30}(hasło|login|dane|nazwa|e-?mail|adres)/,
      /(hasło|login|dane) .{0,30}(nieprawidłow|błędn|niepoprawn)/,
      /logowanie .{0,20}(nie powiodło|nieudane|nie udało|niepowodzeni|odrzucon)/,
      /nie (udało|powiodło) .{0,10}zalogowa|(nieudane|błędne) logowanie|błąd logowania|(złe|zły) .{0,20}(hasło|login|dane)/,
      /(konto|użytkownik\S*) (?:(?![.?!] ).){0,30}nie (istnieje|został\S* znalezion)|nie (znaleziono|odnaleziono) .{0,20}(kont|użytkownik)/,
      /(falsche|ungültige|fehlerhafte|unbekannte)[rns]? .{0,30}(passwort|kennwort|benutzer|zugangsdaten|anmeldedaten|e-?mail|login)/,
      /(passwort|kennwort|benutzername|zugangsdaten|anmeldedaten|eingaben?) .{0,50}(falsch|ungültig|nicht korrekt|inkorrekt|stimm\S* nicht|nicht richtig|unbekannt)/,
      /(login|anmelde|zugangs|eingegebenen)[- ]?daten .{0,20}(falsch|ungültig|nicht korrekt|nicht richtig|stimm\S* nicht)/,
      /(anmeldung|login|einloggen) .{0,20}(fehlgeschlagen|nicht erfolgreich|gescheitert|abgelehnt)|anmeldefehler/,
      /(konto|benutzer|nutzer|kunde) (?:(?![.?!] ).){0,30}(nicht gefunden|existiert nicht)|kein(en)? (konto|benutzer|nutzer).{0,40} gefunden/,
      /(invalid|incorrect|wrong|bad|unknown) .{0,30}(password|user ?name|user|login|credentials|e-?mail|combination)/,
      /(password|user ?name|credentials|e-?mail) .{0,40}(incorrect|invalid|wrong|not recogni[sz]ed|not correct|not valid|do(es)? not match|don.t match|doesn.t match)/,
      /(log-?in|sign-?in|account|access) (details|information|data) .{0,40}(incorrect|invalid|wrong|not recogni[sz]ed|not correct|not valid|not match|n.t match)/,
      /(do not|did not|don.t|didn.t|cannot|can.t|couldn.t) recogni[sz]e .{0,30}(details|password|user|e-?mail|credentials|account|login)/,
      /(could not|couldn.t|cannot|can.t|unable to|did not|didn.t) find (an?|any|your|that|this|the|such an?) (\S+ )?account|no (account|user) .{0,20}(found|exists)/,
      /(account|user) (?:(?![.?!] ).){0,30}(does not exist|doesn.t exist|not found|(could not|couldn.t|cannot|can.t) be found)/,
      /(log-?in|sign-?in|authentication|logon) .{0,10}(failed|unsuccessful|was not successful|incorrect|denied|rejected)/,
      /(could not|couldn.t|unable to|cannot) (log|sign) you in/,
    ],
  ],
]

/** How they keep everybody like us out for a while. */
const blockedWords = [
  /captcha/,
  /(nejste|jste|nie ste|not a|kein|nie jesteś|are a|human or) robot/,
  /unusual (traffic|activity)|verify (that )?you are (a )?human|checking your browser|attention required/,
  /too many requests|rate limit|access (to this page )?(has been )?(denied|blocked)|temporarily blocked/,
  /waiting room|you are (now )?(in (the )?(queue|line)|waiting)|queue position|place in (the )?(queue|line)/,
  /(příliš mnoho|příliš moc) (požadavků|pokusů|dotazů)|přístup .{0,20}(odepřen|zablokován|zamítnut|omezen)/,
  /(virtuální )?čekárn|ve frontě|pořadí ve frontě|ověřte, že (nejste|jste)/,
  /príliš veľa (požiadaviek|pokusov)|prístup .{0,20}(odmietnutý|zamietnutý|zablokovaný|odopretý)|čakár(eň|n)|v poradovníku/,
  /zbyt (wiele|dużo) (żądań|zapytań|prób)|(odmowa|brak) dostępu|dostęp .{0,20}(zabroniony|zablokowany)|poczekaln|w kolejce/,
  /zu viele (anfragen|zugriffe|versuche)|zugriff .{0,20}(verweigert|gesperrt|blockiert)|warteraum|warteschlange/,
  /ungewöhnlich\S* (zugriffe|datenverkehr|aktivität)/,
]

/** The passage by which a text is known to be a refusal, and what it means. */
export function refusalIn(text: string): { means: Refusal; passage: string } | null {
  const read = normalised(text)
  for (const [means, patterns] of refusalWords) {
    const passage = firstMatch(read, patterns)
    if (passage !== null) return { means, passage }
  }
  return null
}

export function blockIn(text: string): string | null {
  return firstMatch(normalised(text), blockedWords)
}

/** With a few words around it, for a person to read. */
function firstMatch(text: string, patterns: RegExp[]): string | null {
  for (const pattern of patterns) {
    const match = pattern.exec(text)
    if (match) return text.slice(Math.max(0, match.index - 40), match.index + match[0].length + 60).trim()
  }
  return null
}
