import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Refusal } from '#scraper/sign-in/sign-in.ts'
import { blockIn, refusalIn } from '#scraper/sign-in/words.ts'

const refused: Record<Refusal, string[]> = {
  'wrong-password': [
    'Neplatné jméno nebo heslo.',
    'Zadali jste nesprávné přihlašovací údaje',
    'Přihlášení se nezdařilo, zkuste to znovu',
    'Uživatelské jméno nebo heslo není správné',
    'Nesprávne meno alebo heslo',
    'Prihlásenie zlyhalo',
    'Nieprawidłowy login lub hasło',
    'Podane hasło jest nieprawidłowe',
    'Logowanie nie powiodło się',
    'Benutzername oder Passwort falsch',
    'Ungültige Zugangsdaten',
    'Die Anmeldung ist fehlgeschlagen',
    'Invalid username or password.',
    'The password you entered is incorrect',
    'Login\u00a0failed',
    "We couldn't sign you in",
    'Uživatelské jméno nebo heslo je chybné',
    'Uživatelské jméno nebo heslo je nesprávné.',
    'Zadané údaje jsou chybné',
    'Zadané heslo je špatné',
    'Login nebo heslo nesedí',
    'Přihlášení neproběhlo úspěšně',
    'Přihlášení nebylo úspěšné',
    'Neúspěšné přihlášení',
    'Chyba při přihlášení',
    'Tento účet neexistuje',
    'Uživatel jan.novak@firma.cz neexistuje',
    'Meno alebo heslo je nesprávne',
    'Zadané údaje sú neplatné',
    'Zadané heslo je zlé.',
    'Prihlásenie neprebehlo úspešne',
    'Používateľ nebol nájdený',
    'Takéto konto sa nenašlo',
    'Logowanie nie udało się',
    'Nie udało się zalogować',
    'Błąd logowania',
    'Podano złe hasło',
    'Podane konto nie istnieje',
    'Nie znaleziono użytkownika',
    'Ihre Anmeldedaten sind falsch',
    'Ihre Anmeldedaten sind ungültig',
    'Die eingegebenen Daten sind nicht korrekt',
    'Ihre Login-Daten sind falsch',
    'Benutzer wurde nicht gefunden',
    'Es wurde kein Konto mit dieser E-Mail-Adresse gefunden',
    'Your login details were not recognised',
    'We didn’t recognise those details',
    "We couldn't find an account with that e-mail",
    'No account found',
    'This user does not exist',
    'Login incorrect',
  ],
  'wrong-code': [
    'Neplatný ověřovací kód',
    'Nesprávny overovací kód',
    'Nieprawidłowy kod',
    'Ungültiger Bestätigungscode',
    'Der Code ist abgelaufen',
    'Invalid verification code',
  ],
  locked: [
    'Váš účet byl zablokován',
    'Překročen počet pokusů o přihlášení',
    'Vaše konto bolo zablokované',
    'Konto zostało zablokowane',
    'Ihr Konto wurde gesperrt',
    'Your account has been locked',
    'Too many failed login attempts',
  ],
  'password-expired': [
    'Platnost vašeho hesla vypršela',
    'Vaše heslo vypršelo',
    'Vaše heslo již není platné',
    'Heslo již neplatí',
    'Vaše heslo už nie je platné',
    'Vaše heslo stratilo platnosť',
    'Hasło jest już nieważne',
    'Ihr Passwort ist nicht mehr gültig',
    'Your password is no longer valid',
    'Platnosť hesla vypršala',
    'Twoje hasło wygasło',
    'Ihr Passwort ist abgelaufen',
    'Bitte Ihr Passwort jetzt ändern',
    'Your password has expired',
    'You must change your password',
  ],
}
for (const [means, texts] of Object.entries(refused)) {
  test(`the five languages' words of a refusal: ${means}`, () => {
    for (const text of texts) assert.equal(refusalIn(text)?.means, means, text)
  })
}

test('what stands on many a good page is no refusal', () => {
  for (const text of [
    'Přihlásit Jméno Heslo Zapomenuté heslo? Změnit heslo',
    'Anmelden Benutzername Passwort Passwort vergessen?',
    'Můj účet Odhlásit Skladem 12 ks, nesprávná cena? Napište nám',
    'Forgot your password? Create an account',
    'Zaloguj się Login Hasło Nie pamiętasz hasła?',
    'Ještě nemáte účet? Zaregistrujte se. Uživatelské jméno Heslo Zůstat přihlášen',
    'Přihlášení proběhlo úspěšně. Vaše heslo je platné do 31. 12. 2027. Žádné zboží nenalezeno',
    'Zapomněli jste heslo? Jméno je Váš e-mail. Špatná cena? Chybné ceny hlaste obchodníkovi',
    'Ešte nemáte konto? Prihlásenie prebehlo úspešne. Meno je povinné. Tovar sa nenašiel',
    'Účet: Figurkov s.r.o. Stav: aktivní. Položka nebyla nalezena',
    'Nie masz konta? Załóż je. Logowanie powiodło się. Nie znaleziono produktów',
    'Konto: Figurkov. Nie udało się załadować obrazka',
    'Noch kein Konto? Registrieren. Anmeldung erfolgreich. Keine Produkte gefunden',
    'Ihre Anmeldedaten sind vertraulich. Ihre Daten wurden gespeichert. Artikel nicht gefunden',
    'Don’t have an account? Sign up. Find an account manager. No products found',
    'Your login details were sent. Account details. Keep your password valid',
    'Can’t find what you need? My account. Item not found',
    'Můj účet. Zboží nenalezeno. Moje konto. Tovar neexistuje. Mein Konto. Nicht gefunden',
    'Heslo musí mít 8 znaků. Heslo není vyplněno',
  ])
    assert.equal(refusalIn(text), null, text)
})

test('the five languages’ words of a wall', () => {
  for (const text of [
    'Potvrďte, že nejste robot',
    'Příliš mnoho požadavků',
    'Přístup byl odepřen',
    'Virtuální čekárna',
    'Príliš veľa požiadaviek',
    'Prístup bol zamietnutý',
    'Zbyt wiele żądań',
    'Odmowa dostępu',
    'Zugriff verweigert',
    'Zu viele Anfragen',
    'You are in the waiting room',
    'Checking your browser before accessing',
    'Access denied',
  ])
    assert.notEqual(blockIn(text), null, text)
  assert.equal(blockIn('Katalog zboží, 200 položek'), null)
})

test('a passage is quoted with the words around it', () => {
  const { passage } = refusalIn(`${'x '.repeat(100)} Chyba:  Neplatné\nheslo. ${'y '.repeat(100)}`) ?? { passage: '' }
  assert.match(passage, /chyba: neplatné heslo\. y y/)
  assert.ok(passage.length < 160)
})

test('a page as long as it may be is read in no time', () => {
  const long = 'heslo účet konto passwort neplatné '.repeat(600)
  const began = performance.now()
  refusalIn(long)
  blockIn(long)
  assert.ok(performance.now() - began < 1_000)
})
