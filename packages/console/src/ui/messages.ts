import { defineMessages } from '../language/messages.ts'

export const messages = defineMessages(
  {
    copy: 'Copy',
    copied: 'Copied',
    dismiss: 'Dismiss',
    cancel: 'Cancel',
    toasts: 'Messages',
    loading: 'Loading',
    tryAgain: 'Try again',
    wentWrong: 'That did not work',
    unreachable: 'The service cannot be reached. Nothing is lost: what you wrote stays here.',
    language: 'Language',
    theme: 'Theme',
    themeSystem: 'As the system',
    themeLight: 'Light',
    themeDark: 'Dark',
  },
  {
    de: {
      copy: 'Kopieren',
      copied: 'Kopiert',
      dismiss: 'Schließen',
      cancel: 'Abbrechen',
      toasts: 'Meldungen',
      loading: 'Wird geladen',
      tryAgain: 'Noch einmal versuchen',
      wentWrong: 'Das hat nicht geklappt',
      unreachable: 'Der Dienst ist nicht zu erreichen. Nichts ist verloren: Was du geschrieben hast, bleibt hier.',
      language: 'Sprache',
      theme: 'Darstellung',
      themeSystem: 'Wie das System',
      themeLight: 'Hell',
      themeDark: 'Dunkel',
    },
  },
)
