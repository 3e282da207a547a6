import { defineMessages } from '../language/messages.ts'

/** Who reads English is told what the service says, and finds the same in logs and in documents. */
const inItsWords = (detail: string): string => detail

/** Why something was refused, by code: those whose words say no more than the code does, whatever was asked. */
export const refusals = defineMessages(
  {
    NOT_AUTHORIZED: inItsWords,
    NOT_FOUND: inItsWords,
    'ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE': inItsWords,
    UNEXPECTED_ERROR: inItsWords,
    SERVICE_UNAVAILABLE: inItsWords,
  },
  {
    de: {
      NOT_AUTHORIZED: () => 'Du bist nicht mehr angemeldet.',
      NOT_FOUND: () => 'Das gibt es nicht oder nicht mehr.',
      'ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE': () => 'Den Wert gibt es schon.',
      UNEXPECTED_ERROR: () => 'Im Dienst ist ein unerwarteter Fehler aufgetreten.',
      SERVICE_UNAVAILABLE: () => 'Die Datenbank des Dienstes antwortet nicht. Versuch es später noch einmal.',
    },
  },
)
