import { defineMessages } from '../language/messages.ts'

export const messages = defineMessages(
  {
    loading: 'Loading the build',
    title: ({ version, number }: { version: string; number: string }) => `Version ${version} (${number})`,
    expires: ({ when, date }: { when: string; date: string }) => `Expires ${when}, on ${date}`,
    expiredOn: ({ date }: { date: string }) => `Expired on ${date}`,
    expired: 'Expired',
    expiredTitle: 'This build has expired',
    expiredText: 'TestFlight does not start it any more. Ask whoever sent you this link for a newer build.',
    locale: 'Titles and notes in',
    asDevice: ({ name }: { name: string }) => `This device: ${name}`,
    whatToTest: 'What to Test',
    nothingToTest: 'The developers wrote no notes for this build.',
    appClips: 'App Clips',
    howToLaunch: ({ app }: { app: string }) =>
      `Open TestFlight on your device, choose ${app}, and start one of these in its App Clips section. TestFlight starts the App Clip at once, without the card that others will see.`,
    noInvocationsTitle: 'No App Clip to start yet',
    noInvocationsText:
      'This build has no invocations, so TestFlight shows no App Clips section. Ask whoever sent you this link to add one.',
    otherLocale: ({ wanted, shown }: { wanted: string; shown: string }) => `No title in ${wanted}; this is ${shown}`,
    otherNotes: ({ wanted, shown }: { wanted: string; shown: string }) => `No notes in ${wanted}; these are ${shown}`,
    untitled: 'Without a title',
    handedOver: 'What the App Clip is handed',
    host: 'Host',
    path: 'Path',
    parameter: 'Parameter',
    fragment: 'Fragment',
    copyUrl: 'Copy the URL',
    qrLabel: ({ url }: { url: string }) => `QR code of ${url}`,
    qrTitle: 'For a local experience on the device, or the released App Clip',
    qrText:
      'Scanning this does not start the beta: TestFlight starts invocations from its own list and no other way. Set up a local experience first, or have the released App Clip.',
    setUp: 'Set up a local experience',
    setUpLaunch: ({ app }: { app: string }) =>
      `Start the App Clip once from TestFlight, under ${app}. Before that, a local experience has no App Clip to open.`,
    setUpSettings:
      'On the device, open Settings › Developer › Local Experiences (below App Clips Testing) › Register Local Experience. The Developer page is there once Developer Mode is on, or the device was connected to Xcode.',
    setUpPrefix: 'As URL Prefix, enter this URL:',
    setUpBundle: 'As Bundle ID, enter the App Clip’s:',
    setUpRest: 'Choose a title, a subtitle and an action. They are yours: titles of TestFlight do not show here.',
    setUpScan:
      'Scan the code above with the Camera, from another screen or from paper. The App Clip card appears; open it.',
    copyPrefix: 'Copy the URL prefix',
    copyBundle: ({ bundleId }: { bundleId: string }) => `Copy the bundle ID ${bundleId}`,
    elsewhere: 'For developers: launch it elsewhere',
    simulator: 'In Simulator, from a terminal',
    simulatorHint:
      'Opens the URL in the simulator that runs. Not every version of Xcode starts an App Clip by it; the variable below always hands the URL over.',
    xcode: 'From Xcode, on a device or in Simulator',
    xcodeHint:
      'Edit the App Clip’s scheme, and set this environment variable under Run › Arguments. Xcode hands the URL over as a launch would.',
    copyCommand: 'Copy the command',
    copyVariable: 'Copy the value of _XCAppClipURL',
    nothingTitle: 'This link opens nothing',
    nothingText:
      'It was revoked, or a part of it is missing. Ask whoever sent it to you for a new one: developers make links on the “For testers” page of their build.',
    failedTitle: 'The build could not be loaded',
    failedText:
      'The service that this link leads to does not answer. Check that your device is connected to the network that the link is for, such as Wi-Fi or VPN of the office.',
    tryAgain: 'Try again',
    about:
      'A preview by Clipflight of what TestFlight lists. Only who has this link sees this page, and it shows this build and nothing else.',
  },
  {
    de: {
      loading: 'Der Build wird geladen',
      title: ({ version, number }) => `Version ${version} (${number})`,
      expires: ({ when, date }) => `Läuft ${when} ab, am ${date}`,
      expiredOn: ({ date }) => `Abgelaufen am ${date}`,
      expired: 'Abgelaufen',
      expiredTitle: 'Dieser Build ist abgelaufen',
      expiredText:
        'TestFlight startet ihn nicht mehr. Frag die Person, von der du diesen Link hast, nach einem neueren Build.',
      locale: 'Titel und Hinweise auf',
      asDevice: ({ name }) => `Dieses Gerät: ${name}`,
      whatToTest: 'Was getestet werden soll',
      nothingToTest: 'Zu diesem Build gibt es keine Hinweise.',
      appClips: 'App Clips',
      howToLaunch: ({ app }) =>
        `Öffne TestFlight auf deinem Gerät, wähle ${app} und starte einen davon im Abschnitt App Clips. TestFlight startet den App Clip sofort, ohne die Karte, die andere sehen werden.`,
      noInvocationsTitle: 'Noch kein App Clip zu starten',
      noInvocationsText:
        'Dieser Build hat keine Aufrufe, darum zeigt TestFlight keinen Abschnitt App Clips. Bitte die Person, von der du diesen Link hast, einen anzulegen.',
      otherLocale: ({ wanted, shown }) => `Kein Titel auf ${wanted}; dieser ist auf ${shown}`,
      otherNotes: ({ wanted, shown }) => `Keine Hinweise auf ${wanted}; diese sind auf ${shown}`,
      untitled: 'Ohne Titel',
      handedOver: 'Was der App Clip bekommt',
      host: 'Host',
      path: 'Pfad',
      parameter: 'Parameter',
      fragment: 'Fragment',
      copyUrl: 'Die URL kopieren',
      qrLabel: ({ url }) => `QR-Code von ${url}`,
      qrTitle: 'Für ein lokales Erlebnis auf dem Gerät oder den veröffentlichten App Clip',
      qrText:
        'Ihn zu scannen startet nicht die Beta: TestFlight startet Aufrufe nur aus seiner eigenen Liste. Richte erst ein lokales Erlebnis ein, oder nimm den veröffentlichten App Clip.',
      setUp: 'Ein lokales Erlebnis einrichten',
      setUpLaunch: ({ app }) =>
        `Starte den App Clip einmal aus TestFlight, unter ${app}. Vorher hat ein lokales Erlebnis keinen App Clip, den es öffnen könnte.`,
      setUpSettings:
        'Öffne auf dem Gerät Einstellungen › Entwickler › Local Experiences (unter App Clips Testing) › Register Local Experience. Die Seite Entwickler gibt es, wenn der Entwicklermodus an ist oder das Gerät mit Xcode verbunden war.',
      setUpPrefix: 'Gib als URL Prefix diese URL ein:',
      setUpBundle: 'Gib als Bundle ID die des App Clips ein:',
      setUpRest:
        'Wähle Titel, Untertitel und Aktion. Es sind deine eigenen: Titel aus TestFlight zeigt das Gerät hier nicht.',
      setUpScan:
        'Scanne den Code oben mit der Kamera, von einem anderen Bildschirm oder vom Papier. Die App-Clip-Karte erscheint; öffne sie.',
      copyPrefix: 'Das URL-Präfix kopieren',
      copyBundle: ({ bundleId }) => `Die Bundle-ID ${bundleId} kopieren`,
      elsewhere: 'Für Entwickler: anderswo starten',
      simulator: 'Im Simulator, aus einem Terminal',
      simulatorHint:
        'Öffnet die URL im laufenden Simulator. Nicht jede Version von Xcode startet damit einen App Clip; die Variable unten übergibt die URL immer.',
      xcode: 'Aus Xcode, auf einem Gerät oder im Simulator',
      xcodeHint:
        'Bearbeite das Schema des App Clips und setze unter Run › Arguments diese Umgebungsvariable. Xcode übergibt die URL wie beim Start.',
      copyCommand: 'Den Befehl kopieren',
      copyVariable: 'Den Wert von _XCAppClipURL kopieren',
      nothingTitle: 'Dieser Link öffnet nichts',
      nothingText:
        'Er wurde widerrufen, oder ein Teil von ihm fehlt. Bitte die Person, von der du ihn hast, um einen neuen: Wer den Build verwaltet, erstellt Links auf dessen Seite „Für Tester“.',
      failedTitle: 'Der Build ließ sich nicht laden',
      failedText:
        'Der Dienst, zu dem dieser Link führt, antwortet nicht. Prüfe, ob dein Gerät mit dem Netz verbunden ist, für das der Link gedacht ist, etwa WLAN oder VPN des Büros.',
      tryAgain: 'Erneut versuchen',
      about:
        'Eine Vorschau von Clipflight auf das, was TestFlight auflistet. Nur wer diesen Link hat, sieht diese Seite, und sie zeigt diesen Build und sonst nichts.',
    },
  },
)
