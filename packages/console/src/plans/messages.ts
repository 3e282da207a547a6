import { defineMessages } from '../language/messages.ts'
import { pluralIn } from '../language/plural-in.ts'

const en = pluralIn('en')
const de = pluralIn('de')

interface Counts {
  readonly create: number
  readonly update: number
  readonly delete: number
}

export const messages = defineMessages(
  {
    plan: 'Plan',
    create: 'Create',
    update: 'Change',
    delete: 'Delete',
    total: ({ create, update, delete: gone }: Counts) => {
      const all = create + update + gone
      return `${create} to create, ${update} to change, ${gone} to delete (${en(all, '# request', '# requests')}).`
    },
    noChanges: 'No changes: the build is as it should be.',
    cannotApply: 'This cannot be applied.',
    unchanged: 'Already as they should be',
    unlisted: 'Not listed, left alone',
    unlistedHint: 'Switch on pruning to delete them.',
    prune: 'Prune: delete what is not listed',
    pruneHelps: 'With pruning switched on it fits.',
    makesWay: 'On the way there, to make room for another URL:',
    movesTo: 'New URL',
    missingLocales: ({ locales }: { locales: string }) =>
      `The build has no text in TestFlight in ${locales}: App Store Connect may not show titles in what it does not have.`,
    apply: ({ count }: { count: number }) => en(count, 'Apply # change', 'Apply # changes'),
    checking: 'Reading the build once more',
    applying: ({ done, total }: { done: number; total: number }) => `Applying: ${done} of ${total}`,
    stop: 'Stop after this one',
    stopping: 'Stopping …',
    stale: 'The build has changed meanwhile, and nothing was applied. This is the plan now: look at it again.',
    applied: ({ create, update, delete: gone }: Counts) =>
      `Applied: ${create} created, ${update} changed, ${gone} deleted.`,
    stopped: 'You stopped it.',
    show: 'Show the plan',
    goOn: 'The plan below is what is left. Applying it finishes the work.',
    steps: 'What became of each change',
    waiting: 'Waiting',
    running: 'Under way',
    done: 'Done',
    refused: 'Refused',
    unclear: 'Sent, and not known whether it arrived',
    'not done': 'Not done',
  },
  {
    de: {
      plan: 'Plan',
      create: 'Anlegen',
      update: 'Ändern',
      delete: 'Löschen',
      total: ({ create, update, delete: gone }) => {
        const all = create + update + gone
        return `${create} anzulegen, ${update} zu ändern, ${gone} zu löschen (${de(all, '# Anfrage', '# Anfragen')}).`
      },
      noChanges: 'Keine Änderungen: Der Build ist schon, wie er sein soll.',
      cannotApply: 'Das lässt sich nicht anwenden.',
      unchanged: 'Schon wie sie sein sollen',
      unlisted: 'Nicht aufgeführt, bleiben unberührt',
      unlistedHint: 'Schalte das Aufräumen ein, um sie zu löschen.',
      prune: 'Aufräumen: löschen, was nicht aufgeführt ist',
      pruneHelps: 'Mit Aufräumen passt es.',
      makesWay: 'Unterwegs, um einer anderen URL Platz zu machen:',
      movesTo: 'Neue URL',
      missingLocales: ({ locales }) =>
        `Der Build hat in TestFlight keinen Text in ${locales}: App Store Connect zeigt Titel in Sprachen, die er nicht hat, womöglich nicht.`,
      apply: ({ count }) => de(count, '# Änderung anwenden', '# Änderungen anwenden'),
      checking: 'Der Build wird noch einmal gelesen',
      applying: ({ done, total }) => `Wird angewendet: ${done} von ${total}`,
      stop: 'Nach dieser anhalten',
      stopping: 'Wird angehalten …',
      stale:
        'Der Build hat sich inzwischen geändert, und nichts wurde angewendet. Das ist der Plan jetzt: Sieh ihn dir noch einmal an.',
      applied: ({ create, update, delete: gone }) =>
        `Angewendet: ${create} angelegt, ${update} geändert, ${gone} gelöscht.`,
      stopped: 'Du hast es angehalten.',
      show: 'Plan anzeigen',
      goOn: 'Der Plan unten zeigt, was noch fehlt. Wende ihn an, um fertig zu werden.',
      steps: 'Was aus jeder Änderung wurde',
      waiting: 'Wartet',
      running: 'Läuft',
      done: 'Erledigt',
      refused: 'Abgelehnt',
      unclear: 'Gesendet; ob es ankam, ist nicht bekannt',
      'not done': 'Nicht ausgeführt',
    },
  },
)
