#!/bin/sh
# ci_scripts/ci_post_clone.sh of a workflow of its own, which starts when clipflight.yaml changes: on pull requests it
# shows what would change on the newest build, on the main branch it changes it, and elsewhere it does nothing.
#
# Xcode Cloud hands a build to TestFlight only after all scripts ran. So none of them can wait for the build that it
# belongs to, and a workflow on a schedule is what reaches new builds.
#
# ASC_KEY_ID, ASC_ISSUER_ID and ASC_PRIVATE_KEY are secret environment variables of the workflow.
set -eu
cd "$CI_PRIMARY_REPOSITORY_PATH"

command -v npm > /dev/null || brew install node
# Not on npm yet. Until it is, install it from a clone of your own that was built (packages/cli): this job holds your key,
# and who takes the name on npm first would have it.
npm install --global clipflight@0.1.0

if [ -n "${CI_PULL_REQUEST_NUMBER:-}" ]; then
  clipflight plan
elif [ "${CI_BRANCH:-}" = main ]; then
  clipflight apply --auto-approve
fi
