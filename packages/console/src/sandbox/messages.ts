import { defineMessages } from '../language/messages.ts'

export const messages = defineMessages(
  {
    sections: 'Sandbox',
    log: 'Requests',
    keys: 'Keys',
    faults: 'Faults',
    state: 'State',
    builds: 'New build',
    adminsTitle: 'The sandbox is for admins',
    adminsText:
      'You have signed in with a key, which does what the key may do and no more. Sign in with the admin token of credentials.json, or run `clipflight console` where the service runs.',
    offTitle: 'The sandbox is switched off',
    offText:
      'This service was started with `--control off`: it records no requests, has no faults, and its clock is that of the machine.',
    toApps: 'To the apps',
  },
  {
    de: {
      sections: 'Sandbox',
      log: 'Anfragen',
      keys: 'Schlüssel',
      faults: 'Störungen',
      state: 'Zustand',
      builds: 'Neuer Build',
      adminsTitle: 'Die Sandbox ist für Admins',
      adminsText:
        'Du hast dich mit einem Schlüssel angemeldet, und der darf nur, was seine Rollen erlauben. Melde dich mit dem Admin-Token aus credentials.json an, oder führe `clipflight console` dort aus, wo der Dienst läuft.',
      offTitle: 'Die Sandbox ist ausgeschaltet',
      offText:
        'Dieser Dienst wurde mit `--control off` gestartet: Er zeichnet keine Anfragen auf, kennt keine Störungen, und seine Uhr ist die des Rechners.',
      toApps: 'Zu den Apps',
    },
  },
)
