import { defineMessages } from '../language/messages.ts'
import { pluralIn } from '../language/plural-in.ts'

const en = pluralIn('en')
const de = pluralIn('de')

export const messages = defineMessages(
  {
    export: 'Export',
    exportAbout:
      'The invocations of this build, as the command reads them. Keep the file beside your code, and every build gets the same.',
    exported: 'The invocations of this build as clipflight.yaml',
    copyFile: 'Copy the file',
    download: 'Download',
    import: 'Import',
    importAbout: 'Paste a clipflight.yaml or choose one. Nothing changes before you have seen the plan and applied it.',
    content: 'Content of clipflight.yaml',
    placeholder: 'app: com.example.coffee\ninvocations: …',
    choose: 'Choose a file …',
    beginWithExport: 'Begin with the export',
    clear: 'Clear',
    problems: ({ count }: { count: number }) => en(count, 'The file has a problem', 'The file has # problems'),
    place: ({ line, column }: { line: number; column: number }) => `Line ${line}, column ${column}`,
    foreign: ({ app, apps }: { app: string; apps: string }) =>
      `The file is of ${apps}, and this build is of ${app}. Open a build of the app that the file is of, or add this app to it.`,
    variables: 'Values of variables',
    variablesAbout:
      'The command asks CI, git and the environment for these. Here nobody knows them but you: without them there is no plan.',
  },
  {
    de: {
      export: 'Export',
      exportAbout:
        'Die Aufrufe dieses Builds in der Form, die der Befehl liest. Leg die Datei zu deinem Code, und jeder Build bekommt dieselben.',
      exported: 'Die Aufrufe dieses Builds als clipflight.yaml',
      copyFile: 'Die Datei kopieren',
      download: 'Herunterladen',
      import: 'Import',
      importAbout:
        'Füge eine clipflight.yaml ein oder wähle eine aus. Erst wenn du den Plan gesehen und angewendet hast, ändert sich etwas.',
      content: 'Inhalt der clipflight.yaml',
      placeholder: 'app: com.example.coffee\ninvocations: …',
      choose: 'Datei auswählen …',
      beginWithExport: 'Mit dem Export beginnen',
      clear: 'Leeren',
      problems: ({ count }) => de(count, 'Die Datei hat ein Problem', 'Die Datei hat # Probleme'),
      place: ({ line, column }) => `Zeile ${line}, Spalte ${column}`,
      foreign: ({ app, apps }) =>
        `Die Datei ist von ${apps}, und dieser Build ist von ${app}. Öffne einen Build der App, von der die Datei ist, oder nimm diese App in sie auf.`,
      variables: 'Werte von Variablen',
      variablesAbout:
        'Der Befehl fragt CI, git und die Umgebung danach. Hier kennst nur du sie: Ohne sie gibt es keinen Plan.',
    },
  },
)
