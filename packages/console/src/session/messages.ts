import { defineMessages } from '../language/messages.ts'

export const messages = defineMessages(
  {
    signIn: 'Sign in',
    lead: 'See, change and launch the App Clip invocations of your builds.',
    commandHint: 'Quickest: run this where the service runs. It opens this page with you signed in.',
    commandLabel: 'Copy the command',
    byToken: 'With a token',
    token: 'Token',
    tokenHint: 'The admin token of credentials.json, or a bearer token that “clipflight auth token --local” prints.',
    byKey: 'With an API key',
    keyFile: 'Private key (.p8)',
    keyFileHint: 'It stays in this page: only a token signed with it is sent.',
    keyId: 'Key ID',
    issuerId: 'Issuer ID',
    issuerHint: 'Leave it empty for an individual key.',
    insecure:
      'A page that comes by plain http from another machine may not sign. Use a token, or https (--public-url).',
    ended: 'Your session has ended',
    endedText:
      'Sign in again and go on where you were. Titles, URLs, tables, files and rules that were not saved yet are kept.',
    refused: 'The service does not accept that.',
    missing: 'Fill this in.',
    badKey: 'This is no private key of App Store Connect.',
    codeUsed:
      'The link that led here was used before, or is older than five minutes. Make another with “clipflight console”.',
  },
  {
    de: {
      signIn: 'Anmelden',
      lead: 'Die App-Clip-Aufrufe deiner Builds ansehen, ändern und starten.',
      commandHint:
        'Am schnellsten: Führe dies dort aus, wo der Dienst läuft. Es öffnet diese Seite, und du bist angemeldet.',
      commandLabel: 'Den Befehl kopieren',
      byToken: 'Mit einem Token',
      token: 'Token',
      tokenHint:
        'Das Admin-Token aus credentials.json oder ein Bearer-Token, das „clipflight auth token --local“ ausgibt.',
      byKey: 'Mit einem API-Schlüssel',
      keyFile: 'Privater Schlüssel (.p8)',
      keyFileHint: 'Er bleibt in dieser Seite: Gesendet wird nur ein damit signiertes Token.',
      keyId: 'Key-ID',
      issuerId: 'Issuer-ID',
      issuerHint: 'Bei einem persönlichen Schlüssel leer lassen.',
      insecure:
        'Eine Seite, die über einfaches http von einem anderen Rechner kommt, darf nicht signieren. Nimm ein Token oder https (--public-url).',
      ended: 'Deine Sitzung ist zu Ende',
      endedText:
        'Melde dich wieder an und mach da weiter, wo du warst. Titel, URLs, Tabellen, Dateien und Regeln, die noch nicht gespeichert waren, bleiben erhalten.',
      refused: 'Der Dienst nimmt das nicht an.',
      missing: 'Das fehlt noch.',
      badKey: 'Das ist kein privater Schlüssel von App Store Connect.',
      codeUsed:
        'Der Link hierher wurde schon benutzt oder ist älter als fünf Minuten. Einen neuen macht „clipflight console“.',
    },
  },
)
