#!/bin/sh
# The story with curl. It takes ids out of the JSON with sed, as the answers are one line; the token comes in TOKEN.
set -eu
API=https://api.appstoreconnect.apple.com/v1
ask() {
  curl --silent --show-error --fail --globoff --header "Authorization: Bearer $TOKEN" --header 'Content-Type: application/json' "$@"
}
first() {
  sed 's/.*"'"$1"'","id":"\([^"]*\)".*/\1/'
}

build=$(ask "$API/builds?sort=-uploadedDate&include=buildBundles&limit=1" | sed 's/.*"included"://; s/},{"type":"buildBundles"/\n&/g' | grep APP_CLIP)
bundle=$(printf '%s' "$build" | first buildBundles)
id=$(ask "$API/betaAppClipInvocations" --data '{ "data": { "type": "betaAppClipInvocations",
  "attributes": { "url": "https://coffee.example.com/gift" }, "relationships": {
    "buildBundle": { "data": { "type": "buildBundles", "id": "'"$bundle"'" } },
    "betaAppClipInvocationLocalizations": { "data": [ { "type": "betaAppClipInvocationLocalizations", "id": "${en}" } ] } } },
  "included": [ { "type": "betaAppClipInvocationLocalizations", "id": "${en}",
    "attributes": { "locale": "en-US", "title": "Send a gift" } } ] }' | sed 's/{"data":{"type":"betaAppClipInvocations","id":"\([^"]*\)".*/\1/')
ask --request PATCH "$API/betaAppClipInvocations/$id" --output /dev/null --data '{ "data": { "type": "betaAppClipInvocations",
  "id": "'"$id"'", "attributes": { "url": "https://coffee.example.com/present" } } }'
echo "listed: $(ask "$API/buildBundles/$bundle/betaAppClipInvocations")"
ask --request DELETE "$API/betaAppClipInvocations/$id"
echo "left: $(ask "$API/buildBundles/$bundle/betaAppClipInvocations")"
