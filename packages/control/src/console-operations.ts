import { Type } from 'typebox'
import type { Operation } from './operation.ts'
import { session, signIn, signInCode } from './session.ts'
import { strict } from './strict.ts'
import { teamNumber } from './team.ts'
import { madeTesterLink, testerBuild, testerLink, testerLinkCreation } from './tester.ts'

const id = Type.String({ minLength: 1, maxLength: 100 })
const ofBuild = strict({ team: teamNumber, build: id })

/** What the console asks for beside the rest: sessions, and links for testers. */
export const consoleOperations = {
  signIn: {
    method: 'POST',
    path: '/session',
    summary: 'Sign in: the answer sets the cookie that proves the session',
    access: 'anyone',
    body: signIn,
    answer: session,
    status: 200,
  },
  readSession: {
    method: 'GET',
    path: '/session',
    summary: 'What the session may do, or 401',
    access: 'session',
    answer: session,
    status: 200,
  },
  signOut: { method: 'DELETE', path: '/session', summary: 'End the session', access: 'session', status: 204 },
  createSignInCode: {
    method: 'POST',
    path: '/sign-in-codes',
    summary: 'Make a code that signs in once, for five minutes and while this process runs',
    answer: signInCode,
    status: 201,
  },
  listTesterLinks: {
    method: 'GET',
    path: '/teams/{team}/builds/{build}/tester-links',
    summary: 'The links for testers of a build, without what makes them open',
    access: 'session',
    params: ofBuild,
    answer: strict({ links: Type.Array(testerLink) }),
    status: 200,
  },
  createTesterLink: {
    method: 'POST',
    path: '/teams/{team}/builds/{build}/tester-links',
    summary: 'Make a link by which testers read what the build offers them',
    access: 'session',
    params: ofBuild,
    body: testerLinkCreation,
    answer: madeTesterLink,
    status: 201,
  },
  revokeTesterLink: {
    method: 'DELETE',
    path: '/teams/{team}/tester-links/{link}',
    summary: 'Revoke a link for testers',
    access: 'session',
    params: strict({ team: teamNumber, link: id }),
    status: 204,
  },
  readTesterBuild: {
    method: 'GET',
    path: '/tester/{token}',
    summary: 'What a link for testers opens, or 404 when it was revoked or never was',
    access: 'anyone',
    params: strict({ token: id }),
    answer: testerBuild,
    status: 200,
  },
} as const satisfies Record<string, Operation>

export type ConsoleOperationName = keyof typeof consoleOperations
