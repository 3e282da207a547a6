import { MAX_INVOCATIONS } from '../plan/limits.ts'
import { SCHEMA_COMMENT } from './write-invocations-file.ts'

/** A file that works as it stands, with comments that say what else may stand in it. */
export function writeFirstFile(app = 'com.example.coffee'): string {
  return `${SCHEMA_COMMENT}
# The App Clip invocations that testers find in TestFlight, the same for every build.
#
#   clipflight validate   checks this file, without a network
#   clipflight plan       shows what would change on the newest build
#   clipflight apply      changes it

# The bundle id of the app (not that of its App Clip).
app: ${app}

# At most ${MAX_INVOCATIONS}. What a build has besides is left alone, unless --prune is given.
invocations:
  # The https URL that the App Clip is launched with.
  - url: https://coffee.example.com/order?shop=12
    # What testers see, for each language of the build in TestFlight, by App Store Connect's codes.
    # A text with a colon or a # in it must be in quotes: "Coffee: order now".
    title:
      en-US: Order at the counter
      de-DE: An der Theke bestellen

  # Variables: \${BUILD} and \${VERSION} are the build's, \${GIT_SHA} and \${BRANCH} the checkout's,
  # \${env.NAME} is the environment's. A URL may have them, or the titles, but not both.
  - url: https://coffee.example.com/loyalty?build=\${BUILD}
    title:
      en-US: Collect a stamp
      de-DE: Stempel sammeln
`
}
