import type { ConsoleOperations } from '../control/console-side.ts'
import type { ConsoleParts } from './parts.ts'
import { readTesterBuild } from './read-tester-build.ts'
import { createSignInCode, readSession, signIn, signOut } from './sign-in.ts'
import { createTesterLink, listTesterLinks, revokeTesterLink } from './tester-links.ts'

/** What each operation of the console does. */
export function consoleOperations(parts: ConsoleParts): ConsoleOperations {
  return {
    signIn: (asking, input) => signIn(parts, asking, input),
    readSession: (asking) => readSession(parts, asking),
    signOut: (asking) => signOut(parts, asking),
    createSignInCode: () => createSignInCode(parts),
    listTesterLinks: (asking, input) => listTesterLinks(parts, asking, input),
    createTesterLink: (asking, input) => createTesterLink(parts, asking, input),
    revokeTesterLink: (asking, input) => revokeTesterLink(parts, asking, input),
    readTesterBuild: (asking, input) => readTesterBuild(parts, asking, input),
  }
}
