import { defineMessages } from '../language/messages.ts'

export const messages = defineMessages(
  {
    skipToContent: 'Skip to the content',
    mainNavigation: 'Main',
    apps: 'Apps',
    sandbox: 'Sandbox',
    reference: 'API',
    teams: 'Teams',
    ofTeam: ({ name }: { name: string }) => `Team: ${name}`,
    notSignedOut: 'You are still signed in: the service does not answer.',
    signOut: 'Sign out',
    unsavedTitle: 'Sign out and lose what is not saved?',
    unsavedText:
      'Something that you wrote in this window is not saved, or a plan is not applied to its end. Signing out takes the one out of the page, and stops the other.',
    notFoundTitle: 'There is no such page',
    notFoundText: 'The address leads nowhere. What it named may have been deleted, or belong to another team.',
    toStart: 'To the start',
    notShownTitle: 'This page cannot be shown',
  },
  {
    de: {
      skipToContent: 'Zum Inhalt springen',
      mainNavigation: 'Hauptnavigation',
      apps: 'Apps',
      sandbox: 'Sandbox',
      reference: 'API',
      teams: 'Teams',
      ofTeam: ({ name }) => `Team: ${name}`,
      notSignedOut: 'Du bist noch angemeldet: Der Dienst antwortet nicht.',
      signOut: 'Abmelden',
      unsavedTitle: 'Abmelden und verlieren, was nicht gespeichert ist?',
      unsavedText:
        'In diesem Fenster ist etwas Geschriebenes nicht gespeichert oder ein Plan nicht zu Ende angewendet. Mit dem Abmelden geht das eine verloren und endet das andere.',
      notFoundTitle: 'Diese Seite gibt es nicht',
      notFoundText:
        'Die Adresse führt nirgendwohin. Vielleicht wurde gelöscht, was hier war, oder es gehört einem anderen Team.',
      toStart: 'Zur Startseite',
      notShownTitle: 'Diese Seite lässt sich nicht zeigen',
    },
  },
)
