import { defineMessages } from '../language/messages.ts'

export const messages = defineMessages(
  {
    copy: 'Copy',
    copied: 'Copied',
    dismiss: 'Dismiss message',
    cancel: 'Cancel',
    toasts: 'Messages',
    loading: 'Loading',
    working: 'Working …',
    tryAgain: 'Try again',
    wentWrong: 'That did not work',
    unreachable: 'The service cannot be reached. Nothing is lost: what you wrote stays here.',
  },
  {
    de: {
      copy: 'Kopieren',
      copied: 'Kopiert',
      dismiss: 'Meldung schließen',
      cancel: 'Abbrechen',
      toasts: 'Meldungen',
      loading: 'Wird geladen',
      working: 'Einen Moment …',
      tryAgain: 'Erneut versuchen',
      wentWrong: 'Das hat nicht geklappt',
      unreachable: 'Der Dienst ist nicht zu erreichen. Nichts ist verloren: Was du geschrieben hast, bleibt hier.',
    },
  },
)
